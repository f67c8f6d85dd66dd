<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BarPlot</name>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CausesPage</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConcordancePanel</name>
    <message numerus="yes">
        <source> · %n span(s) added by hand: see Text</source>
        <translation>
            <numerusform> · %n span added by hand: see Text</numerusform>
            <numerusform> · %n spans added by hand: see Text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetTree</name>
    <message numerus="yes">
        <source>and %n more: find them above</source>
        <translation>
            <numerusform>and %n more: find it above</numerusform>
            <numerusform>and %n more: find them above</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HitsDialog</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListImportDialog</name>
    <message numerus="yes">
        <source>%n name(s)</source>
        <translation>
            <numerusform>%n name</numerusform>
            <numerusform>%n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>from %n row(s)</source>
        <translation>
            <numerusform>from %n row</numerusform>
            <numerusform>from %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) without a label of their own: give one for them.</source>
        <translation>
            <numerusform>%n name without a label of its own: give one for it.</numerusform>
            <numerusform>%n names without a label of their own: give one for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n name(s)</source>
        <translation>
            <numerusform>Import %n name</numerusform>
            <numerusform>Import %n names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeasurePage</name>
    <message numerus="yes">
        <source>%n manual edit(s) are not counted in.</source>
        <translation>
            <numerusform>%n manual edit is not counted in.</numerusform>
            <numerusform>%n manual edits are not counted in.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamesDialog</name>
    <message numerus="yes">
        <source>%n names</source>
        <translation>
            <numerusform>%n name</numerusform>
            <numerusform>%n names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomeView</name>
    <message numerus="yes">
        <source>%n contradiction(s), below</source>
        <translation>
            <numerusform>%n contradiction, below</numerusform>
            <numerusform>%n contradictions, below</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PairsPage</name>
    <message numerus="yes">
        <source>%n selected · verdicts given here count for no estimate</source>
        <translation>
            <numerusform>%n selected · a verdict given here counts for no estimate</numerusform>
            <numerusform>%n selected · verdicts given here count for no estimate</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StoryCard</name>
    <message numerus="yes">
        <source>%n token(s) between them</source>
        <translation>
            <numerusform>%n token between them</numerusform>
            <numerusform>%n tokens between them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sentence end(s)</source>
        <translation>
            <numerusform>%n sentence end</numerusform>
            <numerusform>%n sentence ends</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextImportDialog</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextPanel</name>
    <message numerus="yes">
        <source>%n span(s) · N and P go through them</source>
        <translation>
            <numerusform>%n span · N and P go to it</numerusform>
            <numerusform>%n spans · N and P go through them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label for %n place(s)</source>
        <translation>
            <numerusform>Label for %n place</numerusform>
            <numerusform>Label for %n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message numerus="yes">
        <source>%n more change(s) would</source>
        <translation>
            <numerusform>%n more change would</numerusform>
            <numerusform>%n more changes would</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>also changes %n span(s) nearby</source>
        <translation>
            <numerusform>also changes %n span nearby</numerusform>
            <numerusform>also changes %n spans nearby</numerusform>
        </translation>
    </message>
</context>
</TS>
