"""The page of rules: the triples, the options of every relation, negatives, connectives; and what was found by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from farspan.errors import OptionError
from farspan.relations.cues import load_cues
from farspan.relations.negative_plans import STRATEGIES, NegativePlan
from farspan.relations.options import RELATION_OPTIONS, RelationOptions, RelationRules, parse_level
from farspan.relations.relating import RelationPlan
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral, numeral_locale
from farspan_app.gui.relating import Relating
from farspan_app.gui.relations.outcome import OutcomeView
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.option_control import DIFFERS, ChoiceBox, OptionControl, make_control, title
from farspan_app.gui.widgets.option_form import group_heading
from farspan_resources import cue_languages

_WIDTH: Final = 430
_LARGEST_SEED: Final = 2**31 - 1


class RulesPage(QWidget):
    """Controls at the left, what was found at the right. Nothing is in force until it is applied. importing_asked: triples."""

    importing_asked = Signal()

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relating = relating
        self.plan = RelationPlan()
        self.controls: dict[str, OptionControl] = {}
        self.labels: dict[str, QLabel] = {}
        self.outcome = OutcomeView(relating)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left())
        split.addWidget(self.outcome)
        split.setSizes([_WIDTH, 660])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        relating.changed.connect(self.refresh)
        self.refresh()

    # ---- making

    def _left(self) -> QWidget:
        self.base, self.fault = QLabel(), QLabel()
        self.base.setWordWrap(True)
        self.fault.setWordWrap(True)
        self.fault.setProperty("fault", True)
        self.fault.hide()
        self.import_button = QPushButton(icon("import"), self.tr("Import triples ..."))
        self.import_button.setAccessibleName(self.tr("Import triples"))
        self.import_button.clicked.connect(lambda _=False: self.importing_asked.emit())
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 4, 12, 12)
        column.addWidget(group_heading(self.tr("Where pairs are looked for")))
        column.addLayout(self._where())
        column.addWidget(group_heading(self.tr("Options of a relation")))
        column.addLayout(self._options())
        column.addWidget(group_heading(self.tr("Negatives for each relation that is found")))
        column.addLayout(self._negatives())
        column.addWidget(group_heading(self.tr("Relations by connectives, without triples")))
        column.addLayout(self._cues())
        column.addStretch()
        scroller = QScrollArea()
        scroller.setWidget(inner)
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setMinimumWidth(_WIDTH - 60)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 12, 0, 8)
        whole.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.base)
        head.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addLayout(head)
        whole.addWidget(scroller, 1)
        whole.addWidget(self.fault)
        whole.addLayout(self._buttons())
        return page

    def _where(self) -> QFormLayout:
        self.level, self.relation, self.further = ChoiceBox(), ChoiceBox(), QSpinBox()
        self.evidence = QCheckBox(self.tr("Not by own evidence"))
        for box in (self.level, self.relation):
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        self.level.setAccessibleName(self.tr("How far apart the two may stand"))
        for text, name in (
            (self.tr("in one sentence"), "sentence"),
            (self.tr("within further sentences"), "window"),
            (self.tr("in one document"), "document"),
        ):
            self.level.addItem(text, name)
        self.further.setRange(1, 999)
        self.further.setAccessibleName(self.tr("How many further sentences"))
        self.evidence.setToolTip(self.tr("Leave out triples whose source is the very document they would be found in"))
        row = QHBoxLayout()
        row.addWidget(self.level, 1)
        row.addWidget(self.further)
        form = _form()
        form.addRow(_label(self.tr("Both mentions"), self.level), row)
        form.addRow(_label("", self.evidence), self.evidence)
        self.level.activated.connect(lambda _: self._edited_level())
        self.further.valueChanged.connect(lambda _: self._edited_level())
        self.evidence.clicked.connect(
            lambda checked: self._try(replace(self.plan, rules=replace(self.plan.rules, exclude_evidence=checked)))
        )
        return form

    def _options(self) -> QVBoxLayout:
        self.help = QLabel(self.tr("Point at an option to read what it does."))
        self.relation.setAccessibleName(self.tr("The relation that the options are for"))
        self.relation.activated.connect(lambda _: self._show())
        self.help.setWordWrap(True)
        self.help.setProperty("quiet", True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.help.setMinimumHeight(self.help.fontMetrics().lineSpacing() * 3)
        form = _form()
        form.addRow(_label(self.tr("Options of"), self.relation), self.relation)
        for name, option in RELATION_OPTIONS.items():
            control, label = make_control(option, self), QLabel(title(option))
            label.setBuddy(control.field)
            label.setToolTip(control.field.toolTip())
            self.controls[name], self.labels[name] = control, label
            control.edited.connect(self._edited_option)
            control.entered.connect(self._show_help)
            form.addRow(label, control)
        column = QVBoxLayout()
        column.addLayout(form)
        column.addWidget(self.help)
        return column

    def _negatives(self) -> QGridLayout:
        names = {
            "random": self.tr("Any two mentions"),
            "same_types": self.tr("Of the same types"),
            "corrupt_subject": self.tr("Another subject"),
            "corrupt_object": self.tr("Another object"),
            "sibling": self.tr("A sibling in the hierarchy"),
            "near": self.tr("A name that begins alike"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        self.ratios: dict[str, QDoubleSpinBox] = {}
        for row, name in enumerate(STRATEGIES):
            box = QDoubleSpinBox()
            box.setLocale(numeral_locale())
            box.setRange(0, 1000)
            box.setSingleStep(0.5)
            box.setDecimals(2)
            box.setSpecialValueText(self.tr("none"))
            box.setAccessibleName(self.tr("Negatives: {}").format(names[name]))
            box.valueChanged.connect(lambda _: self._edited_negatives())
            grid.addWidget(_label(names[name], box), row, 0)
            grid.addWidget(box, row, 1)
            self.ratios[name] = box
        self.seed = QSpinBox()
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setAccessibleName(self.tr("Seed of the draws"))
        self.seed.valueChanged.connect(lambda seed: self._try(replace(self.plan, seed=seed)))
        grid.addWidget(_label(self.tr("Seed of the draws"), self.seed), len(STRATEGIES), 0)
        grid.addWidget(self.seed, len(STRATEGIES), 1)
        return grid

    def _cues(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.cues: dict[str, QCheckBox] = {}
        for name in cue_languages():
            box = QCheckBox(name)
            box.setAccessibleName(self.tr("Connectives of the language {}").format(name))
            box.setToolTip(self.tr("Before, after, during ...: relations in time and of cause, from the words between mentions"))
            box.clicked.connect(lambda _: self._edited_cues())
            self.cues[name] = box
            row.addWidget(box)
        row.addStretch()
        return row

    def _buttons(self) -> QHBoxLayout:
        self.apply_button = QPushButton(icon("relations", on_accent=True), self.tr("Find relations"))
        self.apply_button.setProperty("primary", True)
        self.apply_button.setAccessibleName(self.tr("Put these rules in force and find relations"))
        self.apply_button.clicked.connect(lambda _=False: self.apply())
        self.discard_button = QPushButton(self.tr("Discard"))
        self.discard_button.setAccessibleName(self.tr("Forget the changed rules"))
        self.discard_button.clicked.connect(lambda _=False: self.refresh())
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.apply_button)
        row.addWidget(self.discard_button)
        row.addStretch()
        return row

    # ---- showing

    def refresh(self) -> None:
        """Show the plan in force; what was changed and not applied is forgotten."""
        standing = self.relating.standing
        self.plan = standing.made or RelationPlan()
        if standing.triples is None:
            self.base.setText(self.tr("No triples: relations by connectives alone"))
        else:
            said = self.tr("{}: {} triples").format(displayable(standing.triples.name), numeral(standing.triples.triples))
            self.base.setText(said)
        chosen = self.relation.currentData()
        self.relation.clear()
        self.relation.addItem(self.tr("all relations"), "")
        for name in standing.relations:
            self.relation.addItem(displayable(name), name)
        self.relation.setCurrentIndex(max(self.relation.findData(chosen), 0))
        self._say("")
        self._show()

    def _show(self, but: str = "") -> None:
        """Show the plan that is tried. but: a control that is left as it is."""
        plan, name = self.plan, str(self.relation.currentData() or "")
        for widget in (self.level, self.further, self.evidence, self.seed, *self.ratios.values(), *self.cues.values()):
            widget.blockSignals(True)
        level = parse_level(plan.rules.level)
        kind = "document" if level.sentences is None else "window" if level.sentences else "sentence"
        self.level.setCurrentIndex(self.level.findData(kind))
        self.further.setVisible(kind == "window")
        if kind == "window" and level.sentences is not None:
            self.further.setValue(level.sentences)
        self.evidence.setChecked(plan.rules.exclude_evidence)
        ratios = {one.strategy: one.ratio for one in plan.negatives}
        for strategy, box in self.ratios.items():
            box.setValue(ratios.get(strategy, 0.0))
        self.seed.setValue(plan.seed)
        used = {one.name for one in plan.cues}
        for language, tick in self.cues.items():
            tick.setChecked(language in used)
        for widget in (self.level, self.further, self.evidence, self.seed, *self.ratios.values(), *self.cues.values()):
            widget.blockSignals(False)
        self._show_options(name, but)
        self._enable()

    def _show_options(self, name: str, but: str) -> None:
        shown = self._options_of(self.plan.rules, name)
        before = self._options_of((self.relating.standing.made or RelationPlan()).rules, name)
        for option, control in self.controls.items():
            values = [getattr(one, option) for one in shown]
            if option != but:
                control.show_value(values[0] if all(value == values[0] for value in values) else DIFFERS)
            font = self.labels[option].font()
            font.setBold(values != [getattr(one, option) for one in before])
            self.labels[option].setFont(font)

    @staticmethod
    def _options_of(rules: RelationRules, name: str) -> Sequence[RelationOptions]:
        """The options of one relation, or of all that differ from one another."""
        if name:
            return [rules.of(name)]
        return [rules.of(""), *(options for other, options in rules.options.items() if other)]

    def _enable(self) -> None:
        standing, may = self.relating.standing, not self.relating.workspace.read_only
        is_changed = self.plan != (standing.made or RelationPlan())
        has_source = standing.triples is not None or bool(self.plan.cues)
        self.apply_button.setEnabled(may and has_source and (is_changed or standing.is_stale) and not self.fault.text())
        self.discard_button.setEnabled(is_changed or bool(self.fault.text()))
        self.import_button.setEnabled(may)

    def _show_help(self, name: str) -> None:
        self.help.setText(f"{title(RELATION_OPTIONS[name])}: {RELATION_OPTIONS[name].help}")

    # ---- what a person does

    def _try(self, plan: RelationPlan, but: str = "") -> None:
        self.plan = plan
        self._say("")
        self._show(but)

    def _edited_level(self) -> None:
        kind = self.level.currentData()
        text = f"window:{self.further.value()}" if kind == "window" else str(kind)
        self._try(replace(self.plan, rules=replace(self.plan.rules, level=text)))

    def _edited_option(self, name: str, value: Any) -> None:
        chosen, rules = str(self.relation.currentData() or ""), self.plan.rules
        try:
            for relation in [chosen] if chosen else ["", *(other for other in rules.options if other)]:
                rules = rules.changed(relation, {name: value})
        except OptionError as error:
            self._say(f"{error.what}; {error.remedy}")
            self._enable()
            return
        self._try(replace(self.plan, rules=rules), name)

    def _edited_negatives(self) -> None:
        wanted = tuple(NegativePlan(name, box.value()) for name, box in self.ratios.items() if box.value() > 0)
        self._try(replace(self.plan, negatives=wanted))

    def _edited_cues(self) -> None:
        own = tuple(one for one in self.plan.cues if one.name not in self.cues)
        wanted = tuple(load_cues(name) for name, box in self.cues.items() if box.isChecked())
        self._try(replace(self.plan, cues=(*own, *wanted)))

    def _say(self, fault: str) -> None:
        self.fault.setText(displayable(fault))
        self.fault.setVisible(bool(fault))

    def apply(self) -> None:
        """Put the plan in force if it is another one, and find relations."""
        if self.plan == (self.relating.standing.made or RelationPlan()):
            self.relating.relate()
        else:
            self.relating.apply(self.plan)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(6)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return form


def _label(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    label.setMinimumWidth(label.fontMetrics().averageCharWidth() * 17)  # the groups line up
    return label
