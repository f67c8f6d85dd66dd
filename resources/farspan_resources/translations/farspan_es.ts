<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Action</name>
    <message>
        <source>New project ...</source>
        <translation>Nuevo proyecto ...</translation>
    </message>
    <message>
        <source>Open project ...</source>
        <translation>Abrir proyecto ...</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>Abrir el proyecto de muestra</translation>
    </message>
    <message>
        <source>Import texts ...</source>
        <translation>Importar textos ...</translation>
    </message>
    <message>
        <source>Import a list ...</source>
        <translation>Importar una lista ...</translation>
    </message>
    <message>
        <source>Export ...</source>
        <translation>Exportar ...</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>Cerrar el proyecto</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Find ...</source>
        <translation>Buscar ...</translation>
    </message>
    <message>
        <source>Find the next one</source>
        <translation>Buscar el siguiente</translation>
    </message>
    <message>
        <source>Find the previous one</source>
        <translation>Buscar el anterior</translation>
    </message>
    <message>
        <source>Preferences ...</source>
        <translation>Preferencias ...</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Leave undecided</source>
        <translation>Dejar sin decidir</translation>
    </message>
    <message>
        <source>Never match this name anywhere</source>
        <translation>No buscar nunca este nombre</translation>
    </message>
    <message>
        <source>Give label {}</source>
        <translation>Dar la etiqueta {}</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next conflict</source>
        <translation>Siguiente conflicto</translation>
    </message>
    <message>
        <source>Apply the changed rules</source>
        <translation>Aplicar las reglas modificadas</translation>
    </message>
    <message>
        <source>Discard the changed rules</source>
        <translation>Descartar las reglas modificadas</translation>
    </message>
    <message>
        <source>Save the rules as a version ...</source>
        <translation>Guardar las reglas como versión ...</translation>
    </message>
    <message>
        <source>Command palette ...</source>
        <translation>Paleta de órdenes ...</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Aumentar el texto</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Reducir el texto</translation>
    </message>
    <message>
        <source>Text size as it was</source>
        <translation>Tamaño de texto original</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Colores claros</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Colores oscuros</translation>
    </message>
    <message>
        <source>Colours as the system has them</source>
        <translation>Colores del sistema</translation>
    </message>
    <message>
        <source>Help for this tab</source>
        <translation>Ayuda de esta pestaña</translation>
    </message>
    <message>
        <source>Put Farspan into the menu of this computer</source>
        <translation>Poner Farspan en el menú de este ordenador</translation>
    </message>
    <message>
        <source>About Farspan</source>
        <translation>Acerca de Farspan</translation>
    </message>
</context>
<context>
    <name>Auditing</name>
    <message>
        <source>Measuring</source>
        <translation>Midiendo</translation>
    </message>
    <message>
        <source>Keeping the numbers</source>
        <translation>Guardando las cifras</translation>
    </message>
    <message>
        <source>Written to {}</source>
        <translation>Escrito en {}</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Escribiendo el informe</translation>
    </message>
    <message>
        <source>Drawing a sample</source>
        <translation>Extrayendo una muestra</translation>
    </message>
    <message>
        <source>Opening the sample</source>
        <translation>Abriendo la muestra</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Guardando</translation>
    </message>
    <message>
        <source>Looking for causes</source>
        <translation>Buscando causas</translation>
    </message>
    <message>
        <source>Comparing the lists</source>
        <translation>Comparando las listas</translation>
    </message>
    <message>
        <source>Looking for missed entities</source>
        <translation>Buscando entidades omitidas</translation>
    </message>
</context>
<context>
    <name>BagsModel</name>
    <message>
        <source>Subject</source>
        <translation>Sujeto</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relación</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objeto</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>Oraciones</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Juzgado</translation>
    </message>
    <message>
        <source>Supported</source>
        <translation>Con respaldo</translation>
    </message>
    <message>
        <source>✓ by a sentence</source>
        <translation>✓ por una oración</translation>
    </message>
    <message>
        <source>✗ by none</source>
        <translation>✗ por ninguna</translation>
    </message>
</context>
<context>
    <name>BagsPage</name>
    <message>
        <source>Search entities</source>
        <translation>Buscar entidades</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relación</translation>
    </message>
    <message>
        <source>Bags; Enter opens the sentences</source>
        <translation>Bolsas; Enter abre las oraciones</translation>
    </message>
    <message>
        <source>All relations</source>
        <translation>Todas las relaciones</translation>
    </message>
    <message>
        <source>{} (negatives)</source>
        <translation>{} (negativos)</translation>
    </message>
    <message>
        <source>Sorting the bags</source>
        <translation>Ordenando las bolsas</translation>
    </message>
    <message>
        <source>{} bags, {} with several sentences; double click opens the sentences</source>
        <translation>{} bolsas, {} con varias oraciones; un doble clic abre las oraciones</translation>
    </message>
</context>
<context>
    <name>BarPlot</name>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>otra</numerusform>
            <numerusform>otras %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BeforeAfter</name>
    <message>
        <source>As it is now</source>
        <translation>Como está ahora</translation>
    </message>
    <message>
        <source>With the changed rules</source>
        <translation>Con las reglas modificadas</translation>
    </message>
    <message>
        <source>Laying out the text</source>
        <translation>Componiendo el texto</translation>
    </message>
</context>
<context>
    <name>Beside</name>
    <message>
        <source>Recipe</source>
        <translation>Receta</translation>
    </message>
    <message>
        <source>A folder with the rules in force as recipe.toml, the lists and the texts. On any machine `farspan annotate --recipe recipe.toml` makes the same labels again; what was judged by hand is not in it.</source>
        <translation>Una carpeta con las reglas en vigor en recipe.toml, las listas y los textos. En cualquier equipo, `farspan annotate --recipe recipe.toml` vuelve a dar las mismas etiquetas; lo juzgado a mano no se incluye.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>What was measured and what only speaks for or against the labels, to be read, printed or quoted.</source>
        <translation>Lo que se ha medido y lo que solo habla a favor o en contra de las etiquetas, para leer, imprimir o citar.</translation>
    </message>
    <message>
        <source>Project archive</source>
        <translation>Archivo del proyecto</translation>
    </message>
    <message>
        <source>The whole project in one ZIP file, with its recipe, lists and texts as plain files and their SHA-256. Farspan opens it on any machine, with all judgements and the whole history.</source>
        <translation>El proyecto entero en un solo archivo ZIP, con su receta, listas y textos como archivos sueltos y sus SHA-256. Farspan lo abre en cualquier equipo, con todos los juicios y todo el historial.</translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message>
        <source>{} candidates</source>
        <translation>{} candidatos</translation>
    </message>
    <message>
        <source>One step: undo takes all of it back.</source>
        <translation>Es un solo paso: al deshacer, se retira todo.</translation>
    </message>
    <message>
        <source>Labels and lists of the candidates</source>
        <translation>Etiquetas y listas de los candidatos</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Cuántos</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
</context>
<context>
    <name>Causes</name>
    <message>
        <source>helps there too</source>
        <translation>también ayuda ahí</translation>
    </message>
    <message>
        <source>hurts there</source>
        <translation>ahí perjudica</translation>
    </message>
    <message>
        <source>no difference there</source>
        <translation>ahí da igual</translation>
    </message>
</context>
<context>
    <name>CausesPage</name>
    <message>
        <source>Cause</source>
        <translation>Causa</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Asignada</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Correcta</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>Errors by their cause</source>
        <translation>Errores según su causa</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Incorrectos</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correctos</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>On held-out parts</source>
        <translation>En partes reservadas</translation>
    </message>
    <message>
        <source>Proposed rule changes</source>
        <translation>Cambios de reglas propuestos</translation>
    </message>
    <message>
        <source>Try it in the Tuning tab</source>
        <translation>Probarlo en la pestaña Ajuste</translation>
    </message>
    <message>
        <source>Try the proposed change in the Tuning tab</source>
        <translation>Probar el cambio propuesto en la pestaña Ajuste</translation>
    </message>
    <message>
        <source>Why is it wrong, and what would help?</source>
        <translation>¿Por qué hay errores y qué los remediaría?</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Causas</translation>
    </message>
    <message>
        <source>Proposed changes</source>
        <translation>Cambios propuestos</translation>
    </message>
    <message>
        <source>Causes are looked for among the errors that were judged or read.</source>
        <translation>Las causas se buscan entre los errores hallados al juzgar o leer.</translation>
    </message>
    <message>
        <source>{} wrong and {} missed among what was judged. Double click an error to see it in its text.</source>
        <translation>Entre lo juzgado: {} incorrectos y {} omitidos. Un doble clic en un error lo muestra en su texto.</translation>
    </message>
    <message>
        <source>No error is known yet: judge spans or read sentences on the page Estimates, then look here again.</source>
        <translation>Aún no se conoce ningún error: juzgue segmentos o lea oraciones en la página Estimaciones y vuelva aquí.</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>incorrecto</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>omitido</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>y otro más</numerusform>
            <numerusform>y %n más</numerusform>
        </translation>
    </message>
    <message>
        <source>Also {:+,d} spans that nobody judged</source>
        <translation>Además, {:+,d} segmentos que nadie ha juzgado</translation>
    </message>
    <message>
        <source>{:+.2f} ({:+.2f} to {:+.2f})</source>
        <translation>{:+.2f} (de {:+.2f} a {:+.2f})</translation>
    </message>
</context>
<context>
    <name>ChoiceControl</name>
    <message>
        <source>lists differ</source>
        <translation>difiere según la lista</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Órdenes</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Escriba lo que quiere hacer</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Órdenes encontradas</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>New project</source>
        <translation>Nuevo proyecto</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Abrir proyecto</translation>
    </message>
    <message>
        <source>Save as a version</source>
        <translation>Guardar como versión</translation>
    </message>
    <message>
        <source>Name of the version</source>
        <translation>Nombre de la versión</translation>
    </message>
    <message>
        <source>Putting Farspan into the menu</source>
        <translation>Poniendo Farspan en el menú</translation>
    </message>
    <message>
        <source>Farspan stands in the menu of this computer now, and a double click on a project opens it.</source>
        <translation>Farspan está ahora en el menú de este ordenador, y un doble clic sobre un proyecto lo abre.</translation>
    </message>
    <message>
        <source>Annotated corpora from raw text and lists of names. Apache License 2.0.</source>
        <translation>Corpus anotados a partir de texto sin anotar y listas de nombres. Licencia Apache 2.0.</translation>
    </message>
    <message>
        <source>Open for reading only</source>
        <translation>Abrir solo para leer</translation>
    </message>
</context>
<context>
    <name>ConcordanceModel</name>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Coincidencia</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Riesgo</translation>
    </message>
    <message>
        <source>Risk {}: a signal, not an estimate</source>
        <translation>Riesgo {}: un indicio, no una estimación</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>conservado</translation>
    </message>
    <message>
        <source>nested</source>
        <translation>anidado</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>superado</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>bloqueado</translation>
    </message>
    <message>
        <source>✓ accepted</source>
        <translation>✓ aceptado</translation>
    </message>
    <message>
        <source>✗ rejected</source>
        <translation>✗ rechazado</translation>
    </message>
</context>
<context>
    <name>ConcordancePanel</name>
    <message>
        <source>Nothing found yet</source>
        <translation>Aún no se ha encontrado nada</translation>
    </message>
    <message>
        <source>As soon as the project has texts and a list of names, every place where a name stands is a row here.</source>
        <translation>En cuanto el proyecto tenga textos y una lista de nombres, cada aparición de un nombre será aquí una línea.</translation>
    </message>
    <message>
        <source>Search the matches</source>
        <translation>Buscar en las coincidencias</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>and around them</source>
        <translation>y en su contexto</translation>
    </message>
    <message>
        <source>In the texts ...</source>
        <translation>En los textos ...</translation>
    </message>
    <message>
        <source>Search the texts themselves, and label every place found</source>
        <translation>Buscar en los propios textos y etiquetar todos los lugares encontrados</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordenar por</translation>
    </message>
    <message>
        <source>Sort by, level {}</source>
        <translation>Ordenar por, nivel {}</translation>
    </message>
    <message>
        <source>descending</source>
        <translation>descendente</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy the rows as tab-separated values (Ctrl+C)</source>
        <translation>Copiar las líneas como valores separados por tabuladores (Ctrl+C)</translation>
    </message>
    <message>
        <source>L1 is the first word before the match, R1 the first one after it</source>
        <translation>L1 es la primera palabra antes de la coincidencia; R1, la primera después</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>place in the text</source>
        <translation>posición</translation>
    </message>
    <message>
        <source>match</source>
        <translation>coincidencia</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nombre</translation>
    </message>
    <message>
        <source>list</source>
        <translation>lista</translation>
    </message>
    <message>
        <source>label</source>
        <translation>etiqueta</translation>
    </message>
    <message>
        <source>status</source>
        <translation>estado</translation>
    </message>
    <message>
        <source>document</source>
        <translation>documento</translation>
    </message>
    <message>
        <source>risk</source>
        <translation>riesgo</translation>
    </message>
    <message>
        <source>Sorting the concordance</source>
        <translation>Ordenando las concordancias</translation>
    </message>
    <message>
        <source>{} of {} candidates</source>
        <translation>{} de {} candidatos</translation>
    </message>
    <message numerus="yes">
        <source> · %n span(s) added by hand: see Text</source>
        <translation>
            <numerusform> · 1 segmento añadido a mano: véase Texto</numerusform>
            <numerusform> · %n segmentos añadidos a mano: véase Texto</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>1 seleccionado</numerusform>
            <numerusform>%n seleccionados</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Leave undecided</source>
        <translation>Dejar sin decidir</translation>
    </message>
    <message>
        <source>Label {}</source>
        <translation>Etiqueta {}</translation>
    </message>
    <message>
        <source>No further conflict below</source>
        <translation>No hay más conflictos más abajo</translation>
    </message>
</context>
<context>
    <name>ConcordanceView</name>
    <message>
        <source>Concordance</source>
        <translation>Concordancias</translation>
    </message>
</context>
<context>
    <name>CorpusPanel</name>
    <message>
        <source>No texts yet</source>
        <translation>Aún no hay textos</translation>
    </message>
    <message>
        <source>Drop text files or folders here, or choose them. Plain text, Word, OpenDocument, XML, CoNLL, JSON and more are read.</source>
        <translation>Arrastre aquí archivos de texto o carpetas, o elíjalos. Se leen texto plano, Word, OpenDocument, XML, CoNLL, JSON y otros formatos.</translation>
    </message>
    <message>
        <source>Import texts ...</source>
        <translation>Importar textos ...</translation>
    </message>
    <message>
        <source>Import a folder ...</source>
        <translation>Importar una carpeta ...</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Spans by label</source>
        <translation>Segmentos por etiqueta</translation>
    </message>
    <message>
        <source>Spans by list</source>
        <translation>Segmentos por lista</translation>
    </message>
    <message>
        <source>Over the corpus</source>
        <translation>A lo largo del corpus</translation>
    </message>
    <message>
        <source>any language</source>
        <translation>cualquier idioma</translation>
    </message>
    <message>
        <source>Language of the texts</source>
        <translation>Idioma de los textos</translation>
    </message>
    <message>
        <source>A language such as Amharic, or its BCP-47 tag: am, et, pt-BR; xx is any language</source>
        <translation>Un idioma como amárico, o su etiqueta BCP-47: am, et, pt-BR; xx es cualquier idioma</translation>
    </message>
    <message>
        <source>How text is cut into tokens</source>
        <translation>Cómo se divide el texto en tokens</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Take the chosen documents out of the corpus; your work in them is kept</source>
        <translation>Quitar del corpus los documentos elegidos; su trabajo en ellos se conserva</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lengua</translation>
    </message>
    <message>
        <source>Tokens by</source>
        <translation>Tokens según</translation>
    </message>
    <message>
        <source>{} documents, {} tokens</source>
        <translation>{} documentos, {} tokens</translation>
    </message>
    <message>
        <source>Import texts</source>
        <translation>Importar textos</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>Importar una carpeta</translation>
    </message>
    <message>
        <source>{} added, {} changed, {} as they were</source>
        <translation>Añadidos: {}; modificados: {}; sin cambios: {}</translation>
    </message>
    <message>
        <source>{} judgements or edits found no place in the changed texts; they are kept</source>
        <translation>{} juicios o correcciones no hallaron su lugar en los textos modificados; se conservan</translation>
    </message>
    <message>
        <source>... and {} more of the kind {}</source>
        <translation>... y {} más del tipo {}</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something unexpected happened</source>
        <translation>Ha ocurrido algo inesperado</translation>
    </message>
    <message>
        <source>This is a fault in Farspan, not in what you did. Everything you did up to now is saved in the project file. You can go on, or close the window and open the project again.</source>
        <translation>Es un fallo de Farspan, no de lo que usted ha hecho. Todo su trabajo hasta ahora está guardado en el archivo del proyecto. Puede continuar, o cerrar la ventana y volver a abrir el proyecto.</translation>
    </message>
    <message>
        <source>Report of the fault</source>
        <translation>Informe del fallo</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copiar el informe</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>Oraciones</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Caracteres</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>Segmentos</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>Referencia</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
</context>
<context>
    <name>DumpImportDialog</name>
    <message>
        <source>Extract names from {}</source>
        <translation>Extraer nombres de {}</translation>
    </message>
    <message>
        <source>Further names (aliases) too</source>
        <translation>También otros nombres (alias)</translation>
    </message>
    <message>
        <source>Keep the ids</source>
        <translation>Conservar los identificadores</translation>
    </message>
    <message>
        <source>Only statements of the best rank</source>
        <translation>Solo declaraciones del mejor rango</translation>
    </message>
    <message>
        <source>The dump may be cut off</source>
        <translation>El volcado puede estar incompleto</translation>
    </message>
    <message>
        <source>am, en: the first that has a name</source>
        <translation>am, en: la primera que tenga un nombre</translation>
    </message>
    <message>
        <source>P: populated places; A: regions; PPLC: capitals</source>
        <translation>P: poblaciones; A: regiones; PPLC: capitales</translation>
    </message>
    <message>
        <source>Lines of class, language, label</source>
        <translation>Líneas con clase, lengua, etiqueta</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>Nombre de la lista</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Clases</translation>
    </message>
    <message>
        <source>Steps below them</source>
        <translation>Niveles por debajo</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Lenguas</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>Sinónimos</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Tipos de lugar</translation>
    </message>
    <message>
        <source>Names by language</source>
        <translation>Nombres por lengua</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>Especificación</translation>
    </message>
    <message>
        <source>Many lists at once, in place of classes: a line has class, language and label, with tabs</source>
        <translation>Muchas listas a la vez, en lugar de clases: cada línea lleva clase, lengua y etiqueta, separadas por tabuladores</translation>
    </message>
    <message>
        <source>Extract</source>
        <translation>Extraer</translation>
    </message>
    <message>
        <source>The first names found</source>
        <translation>Los primeros nombres encontrados</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Further names</source>
        <translation>Otros nombres</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Identificador</translation>
    </message>
    <message>
        <source>Choose ...</source>
        <translation>Elegir ...</translation>
    </message>
    <message>
        <source>Choose a file: {}</source>
        <translation>Elegir un archivo: {}</translation>
    </message>
    <message>
        <source>Looking at the file ...</source>
        <translation>Examinando el archivo ...</translation>
    </message>
    <message>
        <source>Looking at a file</source>
        <translation>Examinando un archivo</translation>
    </message>
    <message>
        <source>Q515, Q5=PER</source>
        <translation>Q515, Q5=PER</translation>
    </message>
    <message>
        <source>Concepts or terms; none: all</source>
        <translation>Conceptos o términos; ninguno: todos</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>any</source>
        <translation>cualquiera</translation>
    </message>
    <message>
        <source>The dump is read in the background, with progress and time left below. Cancelled, it goes on the next time where it stood.</source>
        <translation>El volcado se lee en segundo plano; abajo se ven el avance y el tiempo restante. Si se cancela, la próxima vez sigue donde estaba.</translation>
    </message>
    <message>
        <source>The list needs a name</source>
        <translation>La lista necesita un nombre</translation>
    </message>
    <message>
        <source>Looking for the first names ...</source>
        <translation>Buscando los primeros nombres ...</translation>
    </message>
    <message>
        <source>Looking for the first names</source>
        <translation>Buscando los primeros nombres</translation>
    </message>
    <message>
        <source>Give the matches a label, such as PER or LOC</source>
        <translation>Dé una etiqueta a las coincidencias, como PER o LOC</translation>
    </message>
    <message>
        <source>Names: {}</source>
        <translation>Nombres: {}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>No se ha encontrado nada</translation>
    </message>
    <message>
        <source>{} names in the whole dump</source>
        <translation>{} nombres en todo el volcado</translation>
    </message>
    <message>
        <source>{} names in the first {}</source>
        <translation>{} nombres en los primeros {}</translation>
    </message>
    <message>
        <source>{} names in the first {} of {}</source>
        <translation>{} nombres en los primeros {} de {}</translation>
    </message>
    <message>
        <source>An earlier reading was interrupted; it goes on where it stood.</source>
        <translation>Una lectura anterior se interrumpió; sigue donde estaba.</translation>
    </message>
</context>
<context>
    <name>EffectsView</name>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Changes a list</source>
        <translation>Cambios por lista</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Changes a label</source>
        <translation>Cambios por etiqueta</translation>
    </message>
    <message>
        <source>added</source>
        <translation>añadido</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>eliminado</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modificado</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>In context</source>
        <translation>En contexto</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>The first changed rows</source>
        <translation>Las primeras líneas modificadas</translation>
    </message>
    <message>
        <source>The first {} of {} changes; Enter or a double click opens the text</source>
        <translation>Los primeros {} de {} cambios; Enter o un doble clic abre el texto</translation>
    </message>
    <message>
        <source>Enter or a double click opens the text</source>
        <translation>Enter o un doble clic abre el texto</translation>
    </message>
    <message>
        <source>The labelled spans stay the same.</source>
        <translation>Los segmentos etiquetados no cambian.</translation>
    </message>
    <message>
        <source>border</source>
        <translation>límite</translation>
    </message>
    <message>
        <source>label</source>
        <translation>etiqueta</translation>
    </message>
    <message>
        <source>border, label</source>
        <translation>límite y etiqueta</translation>
    </message>
</context>
<context>
    <name>EncodingBox</name>
    <message>
        <source>Encoding</source>
        <translation>Codificación</translation>
    </message>
    <message>
        <source>found by looking</source>
        <translation>detectada</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>kept</source>
        <translation>conservado</translation>
    </message>
    <message>
        <source>kept, joined with the span before it</source>
        <translation>conservado, unido al segmento anterior</translation>
    </message>
    <message>
        <source>kept, and grown to {a}</source>
        <translation>conservado y ampliado a {a}</translation>
    </message>
    <message>
        <source>kept inside a longer match</source>
        <translation>conservado dentro de una coincidencia más larga</translation>
    </message>
    <message>
        <source>kept inside a longer match, and grown to {a}</source>
        <translation>conservado dentro de una coincidencia más larga y ampliado a {a}</translation>
    </message>
    <message>
        <source>blocked by {a} (its risk is {n}: {said})</source>
        <translation>bloqueado por {a} (su riesgo es {n}: {said})</translation>
    </message>
    <message>
        <source>blocked by {a}</source>
        <translation>bloqueado por {a}</translation>
    </message>
    <message>
        <source>lost to {a} of {b} by {said}</source>
        <translation>superado por {a} de {b} según {said}</translation>
    </message>
    <message>
        <source>length</source>
        <translation>longitud</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>prioridad</translation>
    </message>
    <message>
        <source>source</source>
        <translation>fuente</translation>
    </message>
    <message>
        <source>score</source>
        <translation>puntuación</translation>
    </message>
    <message>
        <source>left</source>
        <translation>izquierda</translation>
    </message>
    <message>
        <source>order</source>
        <translation>orden</translation>
    </message>
    <message>
        <source>total</source>
        <translation>total</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>sin etiqueta</translation>
    </message>
    <message>
        <source>boundary</source>
        <translation>límites</translation>
    </message>
    <message>
        <source>wrong type</source>
        <translation>tipo erróneo</translation>
    </message>
    <message>
        <source>common word</source>
        <translation>palabra común</translation>
    </message>
    <message>
        <source>part of a longer name</source>
        <translation>parte de un nombre más largo</translation>
    </message>
    <message>
        <source>case</source>
        <translation>mayúsculas</translation>
    </message>
    <message>
        <source>inflected form</source>
        <translation>forma flexionada</translation>
    </message>
    <message>
        <source>spelling variant</source>
        <translation>variante gráfica</translation>
    </message>
    <message>
        <source>missing alias</source>
        <translation>falta el alias</translation>
    </message>
    <message>
        <source>not in any list</source>
        <translation>en ninguna lista</translation>
    </message>
    <message>
        <source>tokenisation</source>
        <translation>división en tokens</translation>
    </message>
    <message>
        <source>it begins or ends inside a token</source>
        <translation>empieza o acaba dentro de un token</translation>
    </message>
    <message>
        <source>{a} begins or ends inside a token</source>
        <translation>{a} empieza o acaba dentro de un token</translation>
    </message>
    <message>
        <source>the right borders are those of {a}</source>
        <translation>los límites correctos son los de {a}</translation>
    </message>
    <message>
        <source>it lies inside {a}</source>
        <translation>está dentro de {a}</translation>
    </message>
    <message>
        <source>{a} stands there</source>
        <translation>ahí está {a}</translation>
    </message>
    <message>
        <source>only a part of the listed {a} stands there</source>
        <translation>ahí solo está una parte de {a}, que es lo que trae la lista</translation>
    </message>
    <message>
        <source>the list has it as {a}, in another case</source>
        <translation>la lista lo trae como {a}, con otras mayúsculas</translation>
    </message>
    <message>
        <source>the list has it as {a}, with other accents or marks</source>
        <translation>la lista lo trae como {a}, con otros acentos o marcas</translation>
    </message>
    <message>
        <source>the list has it as an alias, and aliases are off</source>
        <translation>la lista lo trae como alias, y los alias están desactivados</translation>
    </message>
    <message>
        <source>the list has it, but the text is cut otherwise than the name</source>
        <translation>la lista lo trae, pero el texto se divide de otro modo que el nombre</translation>
    </message>
    <message>
        <source>the list has {a}, spelled otherwise</source>
        <translation>la lista trae {a}, con otra grafía</translation>
    </message>
    <message>
        <source>the list has {a}, of which it is a form ({b})</source>
        <translation>la lista trae {a}, de la que es una forma ({b})</translation>
    </message>
    <message>
        <source>the list has {a}, of which it is a form</source>
        <translation>la lista trae {a}, de la que es una forma</translation>
    </message>
    <message>
        <source>the list has {a}, but not this part of it</source>
        <translation>la lista trae {a}, pero no esta parte</translation>
    </message>
    <message>
        <source>the list has {a}, whose initials these are</source>
        <translation>la lista trae {a}, cuyas iniciales son estas</translation>
    </message>
    <message>
        <source>it was taken for a form of the listed {a}</source>
        <translation>se tomó por una forma de {a}, que trae la lista</translation>
    </message>
    <message>
        <source>{n} of the uses of its words are lower-case</source>
        <translation>el {n} de los usos de sus palabras está en minúscula</translation>
    </message>
    <message>
        <source>beside it stands {a}, capitalised too</source>
        <translation>a su lado está {a}, también con mayúscula</translation>
    </message>
    <message>
        <source>it is also in list {a}, as {b}</source>
        <translation>está también en la lista {a}, como {b}</translation>
    </message>
    <message>
        <source>it is as its list has it, and here it names nothing</source>
        <translation>es tal como lo trae su lista, y aquí no nombra nada</translation>
    </message>
    <message>
        <source>it is labelled {a}</source>
        <translation>está etiquetado como {a}</translation>
    </message>
    <message>
        <source>{a} is labelled instead</source>
        <translation>en su lugar está etiquetado {a}</translation>
    </message>
    <message>
        <source>it was blocked by {a}</source>
        <translation>lo bloqueó {a}</translation>
    </message>
    <message>
        <source>it lost to a match that overlaps it</source>
        <translation>lo superó una coincidencia que se solapa con él</translation>
    </message>
    <message>
        <source>no list has the name, or one like it, with this label</source>
        <translation>ninguna lista trae con esta etiqueta el nombre ni otro parecido</translation>
    </message>
    <message>
        <source>only list {a} has it, which is switched off</source>
        <translation>solo lo trae la lista {a}, que está desactivada</translation>
    </message>
    <message>
        <source>it is {a}</source>
        <translation>es {a}</translation>
    </message>
    <message>
        <source>{a}={b} on all lists</source>
        <translation>{a}={b} en todas las listas</translation>
    </message>
    <message>
        <source>{a}={b} on {c}</source>
        <translation>{a}={b} en {c}</translation>
    </message>
    <message>
        <source>{a} is written without a capital here</source>
        <translation>{a} está aquí escrito sin mayúscula</translation>
    </message>
    <message>
        <source>beside {a} stands another capitalised word here</source>
        <translation>junto a {a} hay aquí otra palabra con mayúscula</translation>
    </message>
    <message>
        <source>no other list agrees on {a} here</source>
        <translation>ninguna otra lista coincide aquí en {a}</translation>
    </message>
    <message>
        <source>a list of another label matches {a} here</source>
        <translation>una lista de otra etiqueta contiene aquí {a}</translation>
    </message>
    <message>
        <source>{a} begins its sentence, where a capital says nothing</source>
        <translation>{a} inicia su oración, donde la mayúscula no dice nada</translation>
    </message>
    <message>
        <source>{a} is not exactly as in the list</source>
        <translation>{a} no es exactamente como en la lista</translation>
    </message>
    <message>
        <source>the words of {a} are lower-case in {n} of their uses</source>
        <translation>las palabras de {a} están en minúscula en el {n} de sus usos</translation>
    </message>
    <message>
        <source>{a} is lower-case in {n} of its uses</source>
        <translation>{a} está en minúscula en el {n} de sus usos</translation>
    </message>
    <message>
        <source>{a} has {n} characters</source>
        <translation>{a} tiene {n} caracteres</translation>
    </message>
    <message>
        <source>beside {a} stands another capitalised word in {n} of its matches</source>
        <translation>junto a {a} hay otra palabra con mayúscula en el {n} de sus coincidencias</translation>
    </message>
    <message>
        <source>{n} of the uses of {a} do not match</source>
        <translation>el {n} de los usos de {a} no coincide</translation>
    </message>
    <message>
        <source>no other list agrees in {n} of the matches of {a}</source>
        <translation>ninguna otra lista coincide en el {n} de las apariciones de {a}</translation>
    </message>
    <message>
        <source>a list of another label says otherwise in {n} of the matches of {a}</source>
        <translation>una lista de otra etiqueta dice otra cosa en el {n} de las apariciones de {a}</translation>
    </message>
    <message>
        <source>{a} lies inside a longer match in {n} of its matches</source>
        <translation>{a} está dentro de una coincidencia más larga en el {n} de sus apariciones</translation>
    </message>
    <message>
        <source>{a} stands in lists of {n} labels</source>
        <translation>{a} figura en listas de {n} etiquetas</translation>
    </message>
    <message>
        <source>{a} is a stop word</source>
        <translation>{a} es una palabra vacía</translation>
    </message>
    <message>
        <source>{a} is also in {said}</source>
        <translation>{a} está también en {said}</translation>
    </message>
    <message>
        <source>list {a}</source>
        <translation>lista {a}</translation>
    </message>
    <message>
        <source>names are written like {a}, at the beginning of a sentence</source>
        <translation>grafía de nombre a comienzo de oración: {a}</translation>
    </message>
    <message>
        <source>names are written like {a}</source>
        <translation>grafía de nombre: {a}</translation>
    </message>
    <message>
        <source>names often have {n} characters</source>
        <translation>longitud de nombre: {n} caracteres</translation>
    </message>
    <message>
        <source>names begin with {a}</source>
        <translation>comienzo de nombre: {a}</translation>
    </message>
    <message>
        <source>names end in {a}</source>
        <translation>final de nombre: {a}</translation>
    </message>
    <message>
        <source>names stand after {a}</source>
        <translation>tras {a} suele ir un nombre</translation>
    </message>
    <message>
        <source>names stand before {a}</source>
        <translation>ante {a} suele ir un nombre</translation>
    </message>
    <message>
        <source>it stands after {a}</source>
        <translation>va tras {a}</translation>
    </message>
    <message>
        <source>it stands before {a}</source>
        <translation>va ante {a}</translation>
    </message>
    <message>
        <source>the relation is switched off</source>
        <translation>la relación está desactivada</translation>
    </message>
    <message>
        <source>one mention stands inside the other</source>
        <translation>una mención está dentro de la otra</translation>
    </message>
    <message>
        <source>both mentions name the same entity</source>
        <translation>ambas menciones nombran la misma entidad</translation>
    </message>
    <message>
        <source>a mention may name several entities</source>
        <translation>una mención puede nombrar varias entidades</translation>
    </message>
    <message>
        <source>the subject is of another type</source>
        <translation>el sujeto es de otro tipo</translation>
    </message>
    <message>
        <source>the object is of another type</source>
        <translation>el objeto es de otro tipo</translation>
    </message>
    <message>
        <source>the two stand in the other order</source>
        <translation>ambos están en el orden contrario</translation>
    </message>
    <message>
        <source>they stand too near</source>
        <translation>están demasiado cerca</translation>
    </message>
    <message>
        <source>they stand too far apart</source>
        <translation>están demasiado lejos</translation>
    </message>
    <message>
        <source>other words stand between them</source>
        <translation>hay otras palabras entre ellos</translation>
    </message>
    <message>
        <source>a forbidden word stands between them</source>
        <translation>hay una palabra prohibida entre ellos</translation>
    </message>
    <message>
        <source>no trigger word is there</source>
        <translation>no hay ninguna palabra clave</translation>
    </message>
    <message>
        <source>this document itself is the only source of the triple</source>
        <translation>este mismo documento es la única fuente de la tripleta</translation>
    </message>
    <message>
        <source>two mentions of the same entities that stand nearer are taken for them</source>
        <translation>en su lugar se toman dos menciones más cercanas de las mismas entidades</translation>
    </message>
    <message>
        <source>they stand in different documents</source>
        <translation>están en documentos distintos</translation>
    </message>
    <message>
        <source>the knowledge base says nothing of {a} ({b})</source>
        <translation>la base de conocimiento no dice nada de {a} ({b})</translation>
    </message>
    <message>
        <source>they stand {n} sentence(s) apart; looked at: {a}</source>
        <translation>los separan {n} oraciones; se ha mirado: {a}</translation>
    </message>
    <message>
        <source>no triple joins the two</source>
        <translation>ninguna tripleta los une</translation>
    </message>
    <message>
        <source>hierarchy</source>
        <translation>jerarquía</translation>
    </message>
    <message>
        <source>symmetric</source>
        <translation>simetría</translation>
    </message>
    <message>
        <source>inverse</source>
        <translation>inversa</translation>
    </message>
    <message>
        <source>{said} of {said2} is not known: nothing was judged.</source>
        <translation>{said} de {said2}: no se conoce, pues no se ha juzgado nada.</translation>
    </message>
    <message>
        <source>{said} of {said2} is {n} ({said3}; rule set {a}).</source>
        <translation>{said} de {said2}: {n} ({said3}; conjunto de reglas {a}).</translation>
    </message>
    <message>
        <source>{said} of {said2} is {n} ({said3}).</source>
        <translation>{said} de {said2}: {n} ({said3}).</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Cobertura</translation>
    </message>
    <message>
        <source>all labels</source>
        <translation>todas las etiquetas</translation>
    </message>
    <message>
        <source>{said} from list {a}</source>
        <translation>{said} de la lista {a}</translation>
    </message>
    <message>
        <source>{n} interval {n2}</source>
        <translation>intervalo del {n}: {n2}</translation>
    </message>
    <message>
        <source>blank name</source>
        <translation>nombre en blanco</translation>
    </message>
    <message>
        <source>the name {a} is all punctuation</source>
        <translation>el nombre {a} es solo puntuación</translation>
    </message>
    <message>
        <source>a line break or tab inside the name</source>
        <translation>un salto de línea o un tabulador dentro del nombre</translation>
    </message>
    <message>
        <source>invisible characters around the name</source>
        <translation>caracteres invisibles alrededor del nombre</translation>
    </message>
    <message>
        <source>not UTF-8; read as {a}, which is a guess: if it is wrong, choose another encoding</source>
        <translation>no es UTF-8; se lee como {a}, que es una conjetura: si no es correcta, elija otra codificación</translation>
    </message>
    <message>
        <source>close the project and open it again</source>
        <translation>cierre el proyecto y vuelva a abrirlo</translation>
    </message>
    <message>
        <source>repair it, or choose another encoding ({a})</source>
        <translation>repárelo o elija otra codificación ({a})</translation>
    </message>
    <message>
        <source>give a text file; if it is UTF-16 without a byte order mark, choose the encoding utf-16</source>
        <translation>indique un archivo de texto; si es UTF-16 sin marca de orden de bytes, elija la codificación utf-16</translation>
    </message>
    <message>
        <source>if this is a text file, choose its encoding</source>
        <translation>si es un archivo de texto, elija su codificación</translation>
    </message>
    <message>
        <source>choose another format</source>
        <translation>elija otro formato</translation>
    </message>
    <message>
        <source>&quot;{a}&quot; looks like spans and is kept as meta; only &quot;spans&quot; is read: choose the format of another tool</source>
        <translation>&quot;{a}&quot; parece contener segmentos y se guarda como metadatos; solo se lee &quot;spans&quot;: elija el formato de otra herramienta</translation>
    </message>
    <message>
        <source>save its text as a .txt file; as the format text it is taken as it is</source>
        <translation>guarde su texto como archivo .txt; con el formato text se toma tal cual</translation>
    </message>
    <message>
        <source>give one object a line with a &quot;text&quot;, or choose its format</source>
        <translation>indique un objeto por línea con un &quot;text&quot;, o elija su formato</translation>
    </message>
    <message>
        <source>choose the columns of the token and of the tag</source>
        <translation>elija las columnas del token y de la marca</translation>
    </message>
    <message>
        <source>put the line right, or choose the column of the tag</source>
        <translation>corrija la línea o elija la columna de la marca</translation>
    </message>
    <message>
        <source>choose one of these formats: {a}</source>
        <translation>elija uno de estos formatos: {a}</translation>
    </message>
    <message>
        <source>there is {a}: choose one of these columns</source>
        <translation>hay {a}: elija una de estas columnas</translation>
    </message>
    <message>
        <source>give the whole address or id of the class</source>
        <translation>indique la dirección o el identificador completo de la clase</translation>
    </message>
    <message>
        <source>give an id, a code or a label of a class that is there</source>
        <translation>indique un identificador, un código o una etiqueta de una clase que exista</translation>
    </message>
    <message>
        <source>choose it, for example alternateNamesV2.txt, as the names by language</source>
        <translation>elíjala, por ejemplo alternateNamesV2.txt, como nombres por idioma</translation>
    </message>
    <message>
        <source>there are no synonyms of the kind {a}</source>
        <translation>no hay sinónimos de la clase {a}</translation>
    </message>
    <message>
        <source>fetch it again, or tick that the dump may be cut off</source>
        <translation>descárguelo de nuevo o marque que el volcado puede estar cortado</translation>
    </message>
    <message>
        <source>take a part of the file</source>
        <translation>tome una parte del archivo</translation>
    </message>
    <message>
        <source>write Q515, or Q515=LOC; wikidata.org shows the Q number of a class</source>
        <translation>escriba Q515 o Q515=LOC; wikidata.org muestra el número Q de una clase</translation>
    </message>
    <message>
        <source>write P57, or P57=director</source>
        <translation>escriba P57 o P57=director</translation>
    </message>
    <message>
        <source>write am, or am,en</source>
        <translation>escriba am o am,en</translation>
    </message>
    <message>
        <source>try the language {a}</source>
        <translation>pruebe con el idioma {a}</translation>
    </message>
    <message>
        <source>{a} means nothing for the kind {b}</source>
        <translation>{a} no significa nada para la clase {b}</translation>
    </message>
    <message>
        <source>leave it out, or choose another kind</source>
        <translation>omítalo o elija otra clase</translation>
    </message>
    <message>
        <source>check the languages, classes and features that were asked for</source>
        <translation>revise los idiomas, las clases y los rasgos que se pidieron</translation>
    </message>
    <message>
        <source>give a table of ESCO, or import it as a list</source>
        <translation>indique una tabla de ESCO o impórtela como lista</translation>
    </message>
    <message>
        <source>import it as a list</source>
        <translation>impórtelo como lista</translation>
    </message>
    <message>
        <source>remove it, and it is made anew</source>
        <translation>elimínela y se creará de nuevo</translation>
    </message>
    <message>
        <source>make room on the disk, then begin again: it goes on from here</source>
        <translation>libere espacio en el disco y vuelva a empezar: continuará desde aquí</translation>
    </message>
    <message>
        <source>give a file</source>
        <translation>indique un archivo</translation>
    </message>
    <message>
        <source>choose the language out of {a}, or give a file with a word, a tab and its lemma a line</source>
        <translation>elija el idioma entre {a}, o indique un archivo con una palabra, un tabulador y su lema por línea</translation>
    </message>
    <message>
        <source>let the tokens be cut by unicode or characters, or bring text that is already cut into tokens</source>
        <translation>separe los tokens con unicode o characters, o traiga texto ya dividido en tokens</translation>
    </message>
    <message>
        <source>let the tokens be cut by another tokenizer than given</source>
        <translation>separe los tokens con otro tokenizador que no sea given</translation>
    </message>
    <message>
        <source>judge more in the Errors tab</source>
        <translation>juzgue más en la pestaña Errores</translation>
    </message>
    <message>
        <source>judge them in the Errors tab</source>
        <translation>júzguelos en la pestaña Errores</translation>
    </message>
    <message>
        <source>read those that are drawn, in the Errors tab</source>
        <translation>lea los extraídos en la pestaña Errores</translation>
    </message>
    <message>
        <source>draw one in the Errors tab</source>
        <translation>extraiga una en la pestaña Errores</translation>
    </message>
    <message>
        <source>import them</source>
        <translation>impórtelos</translation>
    </message>
    <message>
        <source>choose one that is there</source>
        <translation>elija uno que exista</translation>
    </message>
    <message>
        <source>find them in the Relations tab</source>
        <translation>búsquelas en la pestaña Relaciones</translation>
    </message>
    <message>
        <source>find relations in the Relations tab</source>
        <translation>busque relaciones en la pestaña Relaciones</translation>
    </message>
    <message>
        <source>say in the rules which relation is one</source>
        <translation>indique en las reglas qué relación lo es</translation>
    </message>
    <message>
        <source>no interval: too few groups were judged to see how they differ</source>
        <translation>sin intervalo: se han juzgado muy pocos grupos para ver en qué difieren</translation>
    </message>
    <message>
        <source>{n} spans judged</source>
        <translation>{n} segmentos juzgados</translation>
    </message>
    <message>
        <source>{n} entities judged</source>
        <translation>{n} entidades juzgadas</translation>
    </message>
    <message>
        <source>{n} spans and entities judged</source>
        <translation>{n} segmentos y entidades juzgados</translation>
    </message>
    <message>
        <source>{n} more unsure and left out</source>
        <translation>otros {n} dudosos y excluidos</translation>
    </message>
    <message>
        <source>speaking for {n} of the present result</source>
        <translation>vale para el {n} del resultado actual</translation>
    </message>
    <message>
        <source>drawn from a run that is gone</source>
        <translation>extraídos de un resultado que ya no existe</translation>
    </message>
    <message>
        <source>texts were added or changed since the sample was drawn</source>
        <translation>se han añadido o modificado textos desde que se extrajo la muestra</translation>
    </message>
    <message>
        <source>stratified by risk</source>
        <translation>estratificado por riesgo</translation>
    </message>
    <message>
        <source>{n} random sentences read whole</source>
        <translation>{n} oraciones al azar leídas por completo</translation>
    </message>
    <message>
        <source>{n} sentences with gold labels</source>
        <translation>{n} oraciones con etiquetas de referencia</translation>
    </message>
    <message>
        <source>taken as drawn at random</source>
        <translation>tomadas como extraídas al azar</translation>
    </message>
    <message>
        <source>Wilson</source>
        <translation>Wilson</translation>
    </message>
    <message>
        <source>corrected for clusters</source>
        <translation>corregido por conglomerados</translation>
    </message>
    <message>
        <source>unlabelled tokens stratified by score</source>
        <translation>tokens sin etiqueta estratificados por puntuación</translation>
    </message>
    <message>
        <source>posterior of what is missed</source>
        <translation>a posteriori de lo omitido</translation>
    </message>
    <message>
        <source>joined with that of precision</source>
        <translation>combinado con el de la precisión</translation>
    </message>
    <message>
        <source>{n} tokens judged</source>
        <translation>{n} tokens juzgados</translation>
    </message>
    <message>
        <source>Accepted {n}</source>
        <translation>{n} aceptados</translation>
    </message>
    <message>
        <source>Rejected {n}</source>
        <translation>{n} rechazados</translation>
    </message>
    <message>
        <source>Left {n} undecided</source>
        <translation>{n} sin decidir</translation>
    </message>
    <message>
        <source>{n} now {a}</source>
        <translation>{n} ahora {a}</translation>
    </message>
    <message>
        <source>{n} labelled {a} by hand</source>
        <translation>{n} etiquetados a mano como {a}</translation>
    </message>
    <message>
        <source>Moved a border</source>
        <translation>Límite movido</translation>
    </message>
    <message>
        <source>Never here</source>
        <translation>Nunca aquí</translation>
    </message>
    <message>
        <source>Version {a}</source>
        <translation>Versión {a}</translation>
    </message>
    <message>
        <source>Sample of {n} ({said})</source>
        <translation>Muestra de {n} ({said})</translation>
    </message>
    <message>
        <source>spans</source>
        <translation>segmentos</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>oraciones</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>tokens</translation>
    </message>
    <message>
        <source>Estimate: {said}</source>
        <translation>Estimación: {said}</translation>
    </message>
    <message>
        <source>Import of {said}</source>
        <translation>Importación de {said}</translation>
    </message>
    <message>
        <source>Removal of list {a}</source>
        <translation>Lista {a} quitada</translation>
    </message>
    <message>
        <source>Removal of {said}</source>
        <translation>Eliminación de {said}</translation>
    </message>
    <message>
        <source>Judgement of {said}</source>
        <translation>Juicio de {said}</translation>
    </message>
    <message>
        <source>Withdrawal of {said}</source>
        <translation>Retirada de {said}</translation>
    </message>
    <message>
        <source>Change of {said}</source>
        <translation>Cambio de {said}</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 documento</translation>
    </message>
    <message>
        <source>{n} documents</source>
        <translation>{n} documentos</translation>
    </message>
    <message>
        <source>1 gold span</source>
        <translation>1 segmento de referencia</translation>
    </message>
    <message>
        <source>{n} gold spans</source>
        <translation>{n} segmentos de referencia</translation>
    </message>
    <message>
        <source>1 span</source>
        <translation>1 segmento</translation>
    </message>
    <message>
        <source>{n} spans</source>
        <translation>{n} segmentos</translation>
    </message>
    <message>
        <source>1 judgement</source>
        <translation>1 juicio</translation>
    </message>
    <message>
        <source>{n} judgements</source>
        <translation>{n} juicios</translation>
    </message>
    <message>
        <source>1 manual edit</source>
        <translation>1 corrección manual</translation>
    </message>
    <message>
        <source>{n} manual edits</source>
        <translation>{n} correcciones manuales</translation>
    </message>
    <message>
        <source>1 relation</source>
        <translation>1 relación</translation>
    </message>
    <message>
        <source>{n} relations</source>
        <translation>{n} relaciones</translation>
    </message>
    <message>
        <source>Relations by the same triples</source>
        <translation>Relaciones según las mismas tripletas</translation>
    </message>
    <message>
        <source>Relations by {a}</source>
        <translation>Relaciones según {a}</translation>
    </message>
    <message>
        <source>New list {a}</source>
        <translation>Nueva lista {a}</translation>
    </message>
    <message>
        <source>Names of {a}</source>
        <translation>Nombres de {a}</translation>
    </message>
    <message>
        <source>List {a} is now {b}</source>
        <translation>La lista {a} es ahora {b}</translation>
    </message>
    <message>
        <source>List {a} is labelled {b}</source>
        <translation>La lista {a} se etiqueta {b}</translation>
    </message>
    <message>
        <source>New order of the lists</source>
        <translation>Nuevo orden de las listas</translation>
    </message>
    <message>
        <source>{a} merged into {b}</source>
        <translation>{a}: unidas en {b}</translation>
    </message>
    <message>
        <source>Files that came with the archive</source>
        <translation>Archivos incluidos en el archivo del proyecto</translation>
    </message>
    <message>
        <source>{a} never anywhere ({b})</source>
        <translation>{a}: nunca en ningún lugar ({b})</translation>
    </message>
    <message>
        <source>{a} never anywhere</source>
        <translation>{a}: nunca en ningún lugar</translation>
    </message>
    <message>
        <source>Language {a}, tokenizer {b}</source>
        <translation>Lengua {a}, división en tokens {b}</translation>
    </message>
    <message>
        <source>Language of the sample</source>
        <translation>Lengua de la muestra</translation>
    </message>
    <message>
        <source>Proposed rule: {said}</source>
        <translation>Regla propuesta: {said}</translation>
    </message>
    <message>
        <source>New rules</source>
        <translation>Nuevas reglas</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>omitida</translation>
    </message>
    <message>
        <source>repaired</source>
        <translation>corregida</translation>
    </message>
    <message>
        <source>blank row</source>
        <translation>fila en blanco</translation>
    </message>
    <message>
        <source>blank line</source>
        <translation>línea en blanco</translation>
    </message>
    <message>
        <source>{n} columns where the header has {n2}</source>
        <translation>{n} columnas donde el encabezado tiene {n2}</translation>
    </message>
    <message>
        <source>1 column where the header has {n}</source>
        <translation>1 columna donde el encabezado tiene {n}</translation>
    </message>
    <message>
        <source>the label {a} contains white space</source>
        <translation>la etiqueta {a} contiene espacios</translation>
    </message>
    <message>
        <source>the label {a} begins with a dash</source>
        <translation>la etiqueta {a} empieza con un guion</translation>
    </message>
    <message>
        <source>the label {a} contains a character that cannot be shown</source>
        <translation>la etiqueta {a} contiene un carácter que no se puede mostrar</translation>
    </message>
    <message>
        <source>choose one like PER, MOVIE or CREATIVE-WORK</source>
        <translation>elija una como PER, MOVIE o CREATIVE-WORK</translation>
    </message>
    <message>
        <source>no usable name</source>
        <translation>ningún nombre utilizable</translation>
    </message>
    <message>
        <source>give at least one name</source>
        <translation>indique al menos un nombre</translation>
    </message>
    <message>
        <source>the list is empty</source>
        <translation>la lista está vacía</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>el archivo está vacío</translation>
    </message>
    <message>
        <source>no column {a}</source>
        <translation>no hay ninguna columna {a}</translation>
    </message>
    <message>
        <source>byte {a} at offset {n} is not {b} text</source>
        <translation>el byte {a} en la posición {n} no es texto {b}</translation>
    </message>
    <message>
        <source>its encoding cannot be made out</source>
        <translation>no se reconoce su codificación</translation>
    </message>
    <message>
        <source>the rest of the file is left out</source>
        <translation>se omite el resto del archivo</translation>
    </message>
    <message>
        <source>code point</source>
        <translation>puntos de código</translation>
    </message>
    <message>
        <source>token</source>
        <translation>tokens</translation>
    </message>
</context>
<context>
    <name>ErrorsPanel</name>
    <message>
        <source>Nothing to judge yet</source>
        <translation>Aún no hay nada que juzgar</translation>
    </message>
    <message>
        <source>With texts and a list of names there are labelled spans; here you learn how many of them are right.</source>
        <translation>Con textos y una lista de nombres habrá segmentos etiquetados; aquí sabrá cuántos son correctos.</translation>
    </message>
    <message>
        <source>Import texts ...</source>
        <translation>Importar textos ...</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Medido</translation>
    </message>
    <message>
        <source>Estimates</source>
        <translation>Estimaciones</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Juzgar</translation>
    </message>
    <message>
        <source>Causes and proposals</source>
        <translation>Causas y propuestas</translation>
    </message>
    <message>
        <source>Noise matrix</source>
        <translation>Matriz de ruido</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Contado</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <source>Signals, not estimates</source>
        <translation>Indicios, no estimaciones</translation>
    </message>
    <message>
        <source>Risky spans</source>
        <translation>Segmentos de riesgo</translation>
    </message>
    <message>
        <source>What may be missed</source>
        <translation>Posibles omisiones</translation>
    </message>
    <message>
        <source>Report ...</source>
        <translation>Informe ...</translation>
    </message>
    <message>
        <source>Write the report</source>
        <translation>Escribir el informe</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Nothing to export yet</source>
        <translation>Aún no hay nada que exportar</translation>
    </message>
    <message>
        <source>With texts and a list of names in the project there is a corpus to write: CoNLL, JSON lines and others.</source>
        <translation>Con textos y una lista de nombres en el proyecto habrá un corpus que escribir: CoNLL, JSON Lines y otros.</translation>
    </message>
    <message>
        <source>Import texts ...</source>
        <translation>Importar textos ...</translation>
    </message>
    <message>
        <source>Import a list ...</source>
        <translation>Importar una lista ...</translation>
    </message>
    <message>
        <source>Scheme of the tags</source>
        <translation>Esquema de etiquetado</translation>
    </message>
    <message>
        <source>What the format leaves out</source>
        <translation>Lo que el formato deja fuera</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Queda fuera</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Cuántos</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>Por ejemplo</translation>
    </message>
    <message>
        <source>The beginning of the file</source>
        <translation>El comienzo del archivo</translation>
    </message>
    <message>
        <source>Export ...</source>
        <translation>Exportar ...</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Esquema</translation>
    </message>
    <message>
        <source>Folder (*)</source>
        <translation>Carpeta (*)</translation>
    </message>
    <message>
        <source>{} in a ZIP archive (*.zip)</source>
        <translation>{} en un archivo ZIP (*.zip)</translation>
    </message>
    <message>
        <source>Exporting {}</source>
        <translation>Exportando {}</translation>
    </message>
    <message>
        <source>How it will begin</source>
        <translation>Así empezará</translation>
    </message>
    <message>
        <source>Written to {}</source>
        <translation>Escrito en {}</translation>
    </message>
    <message>
        <source>What it will hold</source>
        <translation>Lo que contendrá</translation>
    </message>
    <message>
        <source>Offsets count: {}.</source>
        <translation>Las posiciones cuentan: {}.</translation>
    </message>
    <message>
        <source>Checking what it can express ...</source>
        <translation>Comprobando qué puede expresar ...</translation>
    </message>
    <message>
        <source>Looking ...</source>
        <translation>Mirando ...</translation>
    </message>
    <message>
        <source>Looking at the {}</source>
        <translation>Mirando: {}</translation>
    </message>
    <message>
        <source>This format cannot hold all of it:</source>
        <translation>Este formato no puede contenerlo todo:</translation>
    </message>
    <message>
        <source>This format keeps everything.</source>
        <translation>Este formato lo conserva todo.</translation>
    </message>
</context>
<context>
    <name>FacetTree</name>
    <message>
        <source>Facets</source>
        <translation>Facetas</translation>
    </message>
    <message numerus="yes">
        <source>and %n more: find them above</source>
        <translation>
            <numerusform>y uno más: búsquelo arriba</numerusform>
            <numerusform>y %n más: búsquelos arriba</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Facets</name>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Juzgado</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflicto</translation>
    </message>
    <message>
        <source>Risk (a signal)</source>
        <translation>Riesgo (indicio)</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>conservado</translation>
    </message>
    <message>
        <source>nested</source>
        <translation>anidado</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>superado</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>bloqueado</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>sin juzgar</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>aceptado</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>rechazado</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>sin decidir</translation>
    </message>
    <message>
        <source>no rival</source>
        <translation>sin rival</translation>
    </message>
    <message>
        <source>won</source>
        <translation>ganador</translation>
    </message>
    <message>
        <source>riskiest fifth</source>
        <translation>más alto</translation>
    </message>
    <message>
        <source>second fifth</source>
        <translation>alto</translation>
    </message>
    <message>
        <source>middle fifth</source>
        <translation>medio</translation>
    </message>
    <message>
        <source>fourth fifth</source>
        <translation>bajo</translation>
    </message>
    <message>
        <source>safest fifth</source>
        <translation>más bajo</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relación</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>Tipos</translation>
    </message>
    <message>
        <source>Distance in tokens</source>
        <translation>Tokens en medio</translation>
    </message>
</context>
<context>
    <name>FacetsDock</name>
    <message>
        <source>Narrow down</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>Find a value</source>
        <translation>Buscar valor</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Ver todo</translation>
    </message>
    <message>
        <source>Show all candidates: untick every facet</source>
        <translation>Ver todos los candidatos: desmarcar todas las facetas</translation>
    </message>
    <message>
        <source>Just {}</source>
        <translation>Solo {}</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this text</source>
        <translation>Buscar en este texto</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Label every one …</source>
        <translation>Etiquetar todos …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Buscando</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>no se encuentra</translation>
    </message>
    <message>
        <source>more than {} places: search for less</source>
        <translation>más de {} lugares: acote la búsqueda</translation>
    </message>
</context>
<context>
    <name>FlagControl</name>
    <message>
        <source>lists differ</source>
        <translation>difiere según la lista</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>plain text, one document a file</source>
        <translation>texto sin formato, un documento por archivo</translation>
    </message>
    <message>
        <source>JSON, one document a line: the lossless form</source>
        <translation>JSON, un documento por línea: la forma sin pérdidas</translation>
    </message>
    <message>
        <source>one token a line and its tag, TOKEN&lt;TAB&gt;TAG; any columns are read</source>
        <translation>un token por línea con su etiqueta, TOKEN&lt;TAB&gt;TAG; se leen columnas cualesquiera</translation>
    </message>
    <message>
        <source>one token a line and its tag with a space between, as of the CoNLL-2002 task</source>
        <translation>un token por línea con su etiqueta, separados por un espacio, como en la tarea CoNLL-2002</translation>
    </message>
    <message>
        <source>word, part of speech, chunk and tag with spaces between, as of the CoNLL-2003 task</source>
        <translation>palabra, categoría gramatical, sintagma y etiqueta separados por espacios, como en la tarea CoNLL-2003</translation>
    </message>
    <message>
        <source>CoNLL-U with spans in MISC, as NER=B-PER and NERId=Q64</source>
        <translation>CoNLL-U con los segmentos en MISC, como NER=B-PER y NERId=Q64</translation>
    </message>
    <message>
        <source>CoNLL-U Plus with spans, their ids and relations in columns of their own</source>
        <translation>CoNLL-U Plus con segmentos, identificadores y relaciones en columnas propias</translation>
    </message>
    <message>
        <source>spaCy&apos;s DocBin: entities, and a span group where spans overlap</source>
        <translation>DocBin de spaCy: entidades, y un grupo de segmentos donde estos se solapan</translation>
    </message>
    <message>
        <source>Hugging Face datasets: sentences with numbered tags, whose names stand in the schema</source>
        <translation>conjuntos de datos de Hugging Face: oraciones con etiquetas numeradas, cuyos nombres están en el esquema</translation>
    </message>
    <message>
        <source>Hugging Face datasets as JSON lines; the list of tags beside them</source>
        <translation>conjuntos de datos de Hugging Face en JSON Lines, con la lista de etiquetas en un archivo aparte</translation>
    </message>
    <message>
        <source>TEI with its names as spans, and the text of any XML</source>
        <translation>TEI con sus nombres como segmentos, y el texto de cualquier XML</translation>
    </message>
    <message>
        <source>the text of a word processor file (Word)</source>
        <translation>el texto de un documento de Word</translation>
    </message>
    <message>
        <source>the text of a word processor file (LibreOffice)</source>
        <translation>el texto de un documento de LibreOffice</translation>
    </message>
    <message>
        <source>title, abstract, mentions with ids and relations between entities</source>
        <translation>título, resumen, menciones con identificadores y relaciones entre entidades</translation>
    </message>
    <message>
        <source>doccano&apos;s JSON lines: spans, and relations between them</source>
        <translation>JSON Lines de doccano: segmentos y relaciones entre ellos</translation>
    </message>
    <message>
        <source>Label Studio&apos;s tasks with annotations and predictions; its labeling configuration beside them</source>
        <translation>tareas de Label Studio con anotaciones y predicciones, con la configuración de etiquetado en un archivo aparte</translation>
    </message>
    <message>
        <source>Prodigy&apos;s JSON lines: tokens, spans and relations</source>
        <translation>JSON Lines de Prodigy: tokens, segmentos y relaciones</translation>
    </message>
    <message>
        <source>DyGIE and SciERC: JSON lines of sentences, entities and relations by token numbers</source>
        <translation>DyGIE y SciERC: JSON Lines con oraciones, entidades y relaciones por número de token</translation>
    </message>
    <message>
        <source>TACRED: a sentence, two entities and their relation, by token numbers</source>
        <translation>TACRED: una oración, dos entidades y su relación, por número de token</translation>
    </message>
    <message>
        <source>NYT10 and OpenNRE: a sentence, head and tail with their ids, a relation; the relations&apos; numbers beside it</source>
        <translation>NYT10 y OpenNRE: una oración, sus dos entidades con identificador y su relación; los números de las relaciones en un archivo aparte</translation>
    </message>
    <message>
        <source>WebAnno TSV 3.3, which INCEpTION reads: tokens with all layers beside them</source>
        <translation>WebAnno TSV 3.3, que lee INCEpTION: tokens con todas las capas al lado</translation>
    </message>
    <message>
        <source>UIMA XMI, as INCEpTION, WebAnno and DKPro read and write it; its type system beside it</source>
        <translation>UIMA XMI, como lo leen y escriben INCEpTION, WebAnno y DKPro, con su sistema de tipos en un archivo aparte</translation>
    </message>
    <message>
        <source>UIMA JSON CAS, the form that INCEpTION prefers</source>
        <translation>UIMA JSON CAS, la forma que prefiere INCEpTION</translation>
    </message>
    <message>
        <source>brat: a text, and beside it its spans, relations, ids and notes; with the configuration for its types</source>
        <translation>brat: un texto y, en un archivo aparte, sus segmentos, relaciones, identificadores y notas, con la configuración de sus tipos</translation>
    </message>
    <message>
        <source>FewRel: sentences with two linked entities, by relation</source>
        <translation>FewRel: oraciones con dos entidades enlazadas, agrupadas por relación</translation>
    </message>
    <message>
        <source>WRENCH and CHMM: weak labels, a list of spans for each source; the sources&apos; names beside it</source>
        <translation>WRENCH y CHMM: etiquetas débiles, una lista de segmentos por fuente; los nombres de las fuentes en un archivo aparte</translation>
    </message>
</context>
<context>
    <name>FormatTree</name>
    <message>
        <source>Find a format</source>
        <translation>Buscar un formato</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formatos</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>carpeta</translation>
    </message>
    <message>
        <source>The project</source>
        <translation>El proyecto</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>Keeps everything</source>
        <translation>Lo conserva todo</translation>
    </message>
    <message>
        <source>A token a line</source>
        <translation>Un token por línea</translation>
    </message>
    <message>
        <source>Annotation tools</source>
        <translation>Herramientas de anotación</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>Relaciones</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Otros</translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <source>Dump of Wikidata (JSON)</source>
        <translation>Volcado de Wikidata (JSON)</translation>
    </message>
    <message>
        <source>SKOS, OWL or other RDF</source>
        <translation>SKOS, OWL u otro RDF</translation>
    </message>
    <message>
        <source>OBO ontology</source>
        <translation>Ontología OBO</translation>
    </message>
    <message>
        <source>Table of ESCO</source>
        <translation>Tabla de ESCO</translation>
    </message>
    <message>
        <source>Table of GeoNames</source>
        <translation>Tabla de GeoNames</translation>
    </message>
    <message>
        <source>GATE gazetteer</source>
        <translation>Nomenclátor de GATE</translation>
    </message>
    <message>
        <source>Result of a SPARQL query</source>
        <translation>Resultado de una consulta SPARQL</translation>
    </message>
    <message>
        <source>Plain list or table</source>
        <translation>Lista o tabla simple</translation>
    </message>
    <message>
        <source>Knowledge bases</source>
        <translation>Bases de conocimiento</translation>
    </message>
</context>
<context>
    <name>HelpDock</name>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Page of help</source>
        <translation>Página de ayuda</translation>
    </message>
    <message>
        <source>The guide is not installed.</source>
        <translation>La guía no está instalada.</translation>
    </message>
</context>
<context>
    <name>HitModel</name>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Coincidencia</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Labelled</source>
        <translation>Etiquetado</translation>
    </message>
</context>
<context>
    <name>HitsDialog</name>
    <message>
        <source>Search in the texts</source>
        <translation>Buscar en los textos</translation>
    </message>
    <message>
        <source>Search in all texts</source>
        <translation>Buscar en todos los textos</translation>
    </message>
    <message>
        <source>Leave out what touches a labelled place</source>
        <translation>Dejar fuera lo que toca un lugar etiquetado</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>Lugares encontrados</translation>
    </message>
    <message>
        <source>Type what is to be found in the texts, labelled or not</source>
        <translation>Escriba lo que quiere encontrar en los textos, etiquetado o no</translation>
    </message>
    <message>
        <source>Searching the texts</source>
        <translation>Buscando en los textos</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>1 lugar</numerusform>
            <numerusform>%n lugares</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>1 documento</numerusform>
            <numerusform>%n documentos</numerusform>
        </translation>
    </message>
    <message>
        <source>{} in {}</source>
        <translation>{} en {}</translation>
    </message>
    <message>
        <source>The first {} places; there are more</source>
        <translation>Los primeros {} lugares; hay más</translation>
    </message>
    <message>
        <source>{} of them are left as they are</source>
        <translation>{} de ellos se dejan como están</translation>
    </message>
    <message>
        <source>the label {}</source>
        <translation>la etiqueta {}</translation>
    </message>
    <message>
        <source>Label {} places</source>
        <translation>Etiquetar {} lugares</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation>Avance de la tarea</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>Cancelar la tarea</translation>
    </message>
    <message>
        <source>{} min left</source>
        <translation>quedan {} min</translation>
    </message>
    <message>
        <source>{} s left</source>
        <translation>quedan {} s</translation>
    </message>
</context>
<context>
    <name>JudgePage</name>
    <message>
        <source>How much of the sample is judged</source>
        <translation>Cuánto de la muestra está juzgado</translation>
    </message>
    <message>
        <source>What is to be judged, in its context</source>
        <translation>Lo que hay que juzgar, en su contexto</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Take the last verdict back (B)</source>
        <translation>Retirar el último veredicto (B)</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Luego</translation>
    </message>
    <message>
        <source>Leave it for later (S)</source>
        <translation>Dejarlo para luego (S)</translation>
    </message>
    <message>
        <source>Nothing is to be judged</source>
        <translation>No hay nada que juzgar</translation>
    </message>
    <message>
        <source>Draw a sample on the page Estimates: thirty spans take three minutes.</source>
        <translation>Extraiga una muestra en la página Estimaciones: treinta segmentos llevan tres minutos.</translation>
    </message>
    <message>
        <source>Go to the estimates</source>
        <translation>Ir a las estimaciones</translation>
    </message>
    <message>
        <source>{} of {} judged</source>
        <translation>Juzgado: {} de {}</translation>
    </message>
    <message>
        <source>Nothing is left to judge in this sample. The estimates are up to date.</source>
        <translation>No queda nada que juzgar en esta muestra. Las estimaciones están al día.</translation>
    </message>
    <message>
        <source>Signals, not estimates: {}</source>
        <translation>Indicios, no estimaciones: {}</translation>
    </message>
    <message>
        <source>Mark exactly the entities of this sentence, then go on with Enter.</source>
        <translation>Marque exactamente las entidades de esta oración y continúe con Enter.</translation>
    </message>
    <message>
        <source>Is the marked word part of an entity? A: no. R: yes. 1-9: yes, with this label.</source>
        <translation>¿Forma la palabra marcada parte de una entidad? A: no. R: sí. 1-9: sí, con esta etiqueta.</translation>
    </message>
    <message>
        <source>Is the marked span right? A or Enter: yes. R: no. U: unsure. 1-9: another label.</source>
        <translation>¿Es correcto el segmento marcado? A o Enter: sí. R: no. U: dudoso. 1-9: otra etiqueta.</translation>
    </message>
    <message>
        <source>, 95% interval {}</source>
        <translation>, intervalo del 95%: {}</translation>
    </message>
    <message>
        <source>{} more: ±{} to {}</source>
        <translation>{} más: de ±{} a {}</translation>
    </message>
    <message>
        <source>Precision so far {}{}</source>
        <translation>Precisión por ahora: {}{}</translation>
    </message>
    <message>
        <source>Just these: next</source>
        <translation>Solo estas: siguiente</translation>
    </message>
    <message>
        <source>Take the mark away</source>
        <translation>Quitar la marca</translation>
    </message>
    <message>
        <source>No entity</source>
        <translation>No es entidad</translation>
    </message>
    <message>
        <source>An entity</source>
        <translation>Es entidad</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcto</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Incorrecto</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Dudoso</translation>
    </message>
</context>
<context>
    <name>Leaks</name>
    <message>
        <source>pairs of entities</source>
        <translation>pares de entidades</translation>
    </message>
    <message>
        <source>pairs in either order</source>
        <translation>pares en cualquier orden</translation>
    </message>
    <message>
        <source>pairs with their relation</source>
        <translation>pares con su relación</translation>
    </message>
    <message>
        <source>entities</source>
        <translation>entidades</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>oraciones</translation>
    </message>
    <message>
        <source>sentences that are alike</source>
        <translation>oraciones parecidas</translation>
    </message>
</context>
<context>
    <name>LinePlot</name>
    <message>
        <source>beginning</source>
        <translation>comienzo</translation>
    </message>
    <message>
        <source>end</source>
        <translation>final</translation>
    </message>
</context>
<context>
    <name>ListControl</name>
    <message>
        <source>lists differ</source>
        <translation>difiere según la lista</translation>
    </message>
    <message>
        <source>none; one a line</source>
        <translation>ninguno; uno por línea</translation>
    </message>
</context>
<context>
    <name>ListImportDialog</name>
    <message>
        <source>Import the list {}</source>
        <translation>Importar la lista {}</translation>
    </message>
    <message>
        <source>Label of the matches</source>
        <translation>Etiqueta de las coincidencias</translation>
    </message>
    <message>
        <source>What a match is called in the corpus, such as PER, LOC or MOVIE</source>
        <translation>Cómo se etiqueta una coincidencia en el corpus, por ejemplo PER, LOC o MOVIE</translation>
    </message>
    <message>
        <source>Languages of the names</source>
        <translation>Lenguas de los nombres</translation>
    </message>
    <message>
        <source>am, en: the first that has a name; empty: whatever there is</source>
        <translation>am, en: la primera que tenga un nombre; vacío: lo que haya</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Names in</source>
        <translation>Nombres en</translation>
    </message>
    <message>
        <source>Ids in</source>
        <translation>Identificadores en</translation>
    </message>
    <message>
        <source>Aliases in</source>
        <translation>Alias en</translation>
    </message>
    <message>
        <source>Own labels in</source>
        <translation>Etiquetas propias en</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Lenguas</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Codificación</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Names as they will be matched</source>
        <translation>Los nombres tal como se buscarán</translation>
    </message>
    <message>
        <source>Problems by row</source>
        <translation>Problemas por fila</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s)</source>
        <translation>
            <numerusform>1 nombre</numerusform>
            <numerusform>%n nombres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>from %n row(s)</source>
        <translation>
            <numerusform>de 1 fila</numerusform>
            <numerusform>de %n filas</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the matches a label, such as PER or LOC. {}</source>
        <translation>Dé una etiqueta a las coincidencias, como PER o LOC. {}</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) without a label of their own: give one for them.</source>
        <translation>
            <numerusform>1 nombre sin etiqueta propia: indique una para él.</numerusform>
            <numerusform>%n nombres sin etiqueta propia: indique una para ellos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message numerus="yes">
        <source>Import %n name(s)</source>
        <translation>
            <numerusform>Importar 1 nombre</numerusform>
            <numerusform>Importar %n nombres</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>; {} stood twice</source>
        <translation>; {} repetidos</translation>
    </message>
    <message>
        <source>; rows with problems: {}; the rest is imported</source>
        <translation>; filas con problemas: {}; el resto se importa</translation>
    </message>
    <message>
        <source>... and {} more</source>
        <translation>... y {} más</translation>
    </message>
</context>
<context>
    <name>ListsPage</name>
    <message>
        <source>What each list gives</source>
        <translation>Lo que aporta cada lista</translation>
    </message>
    <message>
        <source>How lists overlap; Enter opens the places</source>
        <translation>Cómo se solapan las listas; Enter abre los lugares</translation>
    </message>
    <message>
        <source>What the cells count</source>
        <translation>Lo que cuentan las celdas</translation>
    </message>
    <message>
        <source>same place, same label</source>
        <translation>mismo lugar, misma etiqueta</translation>
    </message>
    <message>
        <source>same place, another label</source>
        <translation>mismo lugar, otra etiqueta</translation>
    </message>
    <message>
        <source>overlapping places</source>
        <translation>lugares solapados</translation>
    </message>
    <message>
        <source>What does each list give?</source>
        <translation>¿Qué aporta cada lista?</translation>
    </message>
    <message>
        <source>Pairs of lists; double click a cell to see its places</source>
        <translation>Pares de listas; un doble clic en una celda muestra sus lugares</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Nombres</translation>
    </message>
    <message>
        <source>Names found</source>
        <translation>Encontrados</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Conservados</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>Solo aquí</translation>
    </message>
    <message>
        <source>Without it: lost</source>
        <translation>Sin ella: perdidos</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nuevos</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modificados</translation>
    </message>
    <message>
        <source>{} and {} share {} of their {}: nearly copies of each other</source>
        <translation>{} y {} comparten el {} de sus {}: son casi copias</translation>
    </message>
    <message>
        <source>names</source>
        <translation>nombres</translation>
    </message>
    <message>
        <source>places</source>
        <translation>lugares</translation>
    </message>
    <message>
        <source>{} alone</source>
        <translation>{} solo aquí</translation>
    </message>
</context>
<context>
    <name>ListsPanel</name>
    <message>
        <source>No lists of names yet</source>
        <translation>Aún no hay listas de nombres</translation>
    </message>
    <message>
        <source>Import a list ...</source>
        <translation>Importar una lista ...</translation>
    </message>
    <message>
        <source>Type or paste names ...</source>
        <translation>Escribir o pegar nombres ...</translation>
    </message>
    <message>
        <source>Names of one kind of thing: people, places, films. Lists, tables, vocabularies and dumps are read.</source>
        <translation>Nombres de una misma clase: personas, lugares, películas. Se leen listas, tablas, vocabularios y volcados.</translation>
    </message>
    <message>
        <source>Extract from a dump ...</source>
        <translation>Extraer de un volcado ...</translation>
    </message>
    <message>
        <source>Where all else is equal, the upper list wins; a list can be dragged too</source>
        <translation>A igualdad de todo lo demás, gana la lista que está más arriba; también se puede arrastrar</translation>
    </message>
    <message>
        <source>A list, table, gazetteer or vocabulary</source>
        <translation>Una lista, tabla, nomenclátor o vocabulario</translation>
    </message>
    <message>
        <source>Columns of a spreadsheet are read too</source>
        <translation>También se leen columnas de una hoja de cálculo</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>Extracting from {}</source>
        <translation>Extrayendo de {}</translation>
    </message>
    <message>
        <source>The project was closed meanwhile: extract again, it will go quickly</source>
        <translation>El proyecto se cerró mientras tanto: vuelva a extraer, será rápido</translation>
    </message>
    <message>
        <source>Adding lists</source>
        <translation>Añadiendo listas</translation>
    </message>
    <message>
        <source>Extracted: {}</source>
        <translation>Extraído: {}</translation>
    </message>
    <message>
        <source>Adding names</source>
        <translation>Añadiendo nombres</translation>
    </message>
    <message>
        <source>Changing names</source>
        <translation>Cambiando nombres</translation>
    </message>
    <message>
        <source>Merge {} lists into {}?</source>
        <translation>¿Unir {} listas en {}?</translation>
    </message>
    <message>
        <source>Names that are in several become one, with the ids of all. Labels stay; the options of {} count for all.</source>
        <translation>Los nombres que están en varias pasan a ser uno, con los identificadores de todas. Las etiquetas se mantienen; las opciones de {} valen para todas.</translation>
    </message>
    <message>
        <source>Merging lists</source>
        <translation>Uniendo listas</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Bajar</translation>
    </message>
    <message>
        <source>Wikidata, SKOS, OBO, GeoNames ...</source>
        <translation>Wikidata, SKOS, OBO, GeoNames ...</translation>
    </message>
    <message>
        <source>Merge ...</source>
        <translation>Unir ...</translation>
    </message>
    <message>
        <source>Make one list of those that are chosen</source>
        <translation>Hacer una sola lista de las elegidas</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Take the list out (Del); undo brings it back</source>
        <translation>Quitar la lista (Supr); al deshacer, vuelve</translation>
    </message>
    <message>
        <source>Double click, F2 or Enter to change</source>
        <translation>Doble clic, F2 o Intro para cambiar</translation>
    </message>
    <message>
        <source>Import a list</source>
        <translation>Importar una lista</translation>
    </message>
    <message>
        <source>Use this list</source>
        <translation>Usar esta lista</translation>
    </message>
</context>
<context>
    <name>Loss</name>
    <message>
        <source>spans inside others</source>
        <translation>segmentos dentro de otros</translation>
    </message>
    <message>
        <source>overlapping spans</source>
        <translation>segmentos solapados</translation>
    </message>
    <message>
        <source>spans that do not begin and end with tokens</source>
        <translation>segmentos cuyos límites no son los de los tokens</translation>
    </message>
    <message>
        <source>touching spans made one</source>
        <translation>segmentos contiguos unidos en uno</translation>
    </message>
    <message>
        <source>ids of entities</source>
        <translation>identificadores de entidades</translation>
    </message>
    <message>
        <source>scores</source>
        <translation>puntuaciones</translation>
    </message>
    <message>
        <source>relations</source>
        <translation>relaciones</translation>
    </message>
    <message>
        <source>documents whose white space is not kept</source>
        <translation>documentos cuyos espacios no se conservan</translation>
    </message>
    <message>
        <source>further columns</source>
        <translation>otras columnas</translation>
    </message>
    <message>
        <source>tokens with a character replaced</source>
        <translation>tokens con un carácter sustituido</translation>
    </message>
    <message>
        <source>labels with a character replaced</source>
        <translation>etiquetas con un carácter sustituido</translation>
    </message>
    <message>
        <source>borders between documents</source>
        <translation>límites entre documentos</translation>
    </message>
    <message>
        <source>sources of spans</source>
        <translation>procedencia de los segmentos</translation>
    </message>
    <message>
        <source>names behind spans</source>
        <translation>nombres a los que se deben los segmentos</translation>
    </message>
    <message>
        <source>what is said of documents</source>
        <translation>metadatos de los documentos</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tabs</source>
        <translation>Pestañas</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Abrir reciente</translation>
    </message>
    <message>
        <source>Facets</source>
        <translation>Facetas</translation>
    </message>
    <message>
        <source>Why? card</source>
        <translation>Ficha «¿Por qué?»</translation>
    </message>
    <message>
        <source> (read-only)</source>
        <translation> (solo lectura)</translation>
    </message>
    <message>
        <source>(none yet)</source>
        <translation>(ninguno aún)</translation>
    </message>
    <message>
        <source>Looking at what was dropped</source>
        <translation>Examinando lo que se ha soltado</translation>
    </message>
    <message>
        <source>Open or make a project first, then drop texts and lists into it</source>
        <translation>Abra o cree primero un proyecto y arrastre después textos y listas</translation>
    </message>
</context>
<context>
    <name>MatrixPage</name>
    <message>
        <source>Noise matrix: rows are true labels, columns given ones</source>
        <translation>Matriz de ruido: en filas, las etiquetas correctas; en columnas, las asignadas</translation>
    </message>
    <message>
        <source>Which labels are mistaken for which?</source>
        <translation>¿Qué etiquetas se confunden con cuáles?</translation>
    </message>
    <message>
        <source>Nothing was read whole yet: read sentences (page Estimates), or import documents with gold labels.</source>
        <translation>Aún no se ha leído nada por completo: lea oraciones (página Estimaciones) o importe documentos con etiquetas de referencia.</translation>
    </message>
    <message>
        <source>{} tokens; 95% interval {}</source>
        <translation>{} tokens; intervalo del 95%: {}</translation>
    </message>
    <message>
        <source>Share of the tokens of each true label (row) that got each label (column), from {} sentences read whole.</source>
        <translation>Proporción de los tokens de cada etiqueta correcta (fila) que recibió cada etiqueta (columna), en {} oraciones leídas por completo.</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>This true label does not occur in what was read</source>
        <translation>Esta etiqueta correcta no aparece en lo leído</translation>
    </message>
    <message>
        <source>Expected squared error of the matrix: {} if tokens were drawn one by one</source>
        <translation>Error cuadrático esperado de la matriz: {} si los tokens se hubieran extraído uno a uno</translation>
    </message>
    <message>
        <source>; {} as they were drawn, by sentence.</source>
        <translation>; {} tal como se extrajeron, por oraciones.</translation>
    </message>
</context>
<context>
    <name>MeasurePage</name>
    <message>
        <source>Spans of which label are drawn</source>
        <translation>De qué etiqueta se extraen segmentos</translation>
    </message>
    <message>
        <source>Copy the sentence</source>
        <translation>Copiar la frase</translation>
    </message>
    <message>
        <source>Keep these numbers</source>
        <translation>Guardar estas cifras</translation>
    </message>
    <message>
        <source>Store them in the project, where they do not change any more</source>
        <translation>Guardarlas en el proyecto, donde ya no cambian</translation>
    </message>
    <message>
        <source>How good is it?</source>
        <translation>¿Qué calidad tiene?</translation>
    </message>
    <message>
        <source>Judge {} spans</source>
        <translation>Juzgar {} segmentos</translation>
    </message>
    <message>
        <source>Read {} sentences</source>
        <translation>Leer {} oraciones</translation>
    </message>
    <message>
        <source>Check {} unlabelled words</source>
        <translation>Revisar {} palabras sin etiqueta</translation>
    </message>
    <message>
        <source>Tells the precision: how many of the labelled spans are right</source>
        <translation>Da la precisión: cuántos de los segmentos etiquetados son correctos</translation>
    </message>
    <message>
        <source>Tells the recall: how many of the entities in the text are labelled</source>
        <translation>Da la cobertura: cuántas de las entidades del texto están etiquetadas</translation>
    </message>
    <message>
        <source>Tells the recall with less reading: words that look like entities come first</source>
        <translation>Da la cobertura leyendo menos: primero van las palabras que parecen entidades</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>Lo que se mide</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Medido</translation>
    </message>
    <message>
        <source>Label · list</source>
        <translation>Etiqueta · lista</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Estimación</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>Intervalo del 95 %</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Juzgados</translation>
    </message>
    <message>
        <source>30 more</source>
        <translation>30 más</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Procedencia</translation>
    </message>
    <message>
        <source>Numbers that were kept</source>
        <translation>Cifras guardadas</translation>
    </message>
    <message>
        <source>Kept on</source>
        <translation>Guardado el</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Reglas</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Cifra</translation>
    </message>
    <message>
        <source>older rules</source>
        <translation>reglas anteriores</translation>
    </message>
    <message>
        <source>present rules</source>
        <translation>reglas actuales</translation>
    </message>
    <message>
        <source>Nothing is measured yet. Judge 30 spans, and you know how many of all labelled spans are right, and how sure that number is. Read 20 sentences, and you know how many entities were missed.</source>
        <translation>Aún no se ha medido nada. Juzgue 30 segmentos y sabrá cuántos de todos los etiquetados son correctos y con qué seguridad. Lea 20 oraciones y sabrá cuántas entidades se omitieron.</translation>
    </message>
    <message>
        <source>Every number comes from what people judged or read, with the interval in which the truth lies 95 times of 100.</source>
        <translation>Cada cifra procede de lo que alguien juzgó o leyó, con el intervalo que contiene el valor real 95 de cada 100 veces.</translation>
    </message>
    <message numerus="yes">
        <source>%n manual edit(s) are not counted in.</source>
        <translation>
            <numerusform>No se cuenta una corrección manual.</numerusform>
            <numerusform>No se cuentan %n correcciones manuales.</numerusform>
        </translation>
    </message>
    <message>
        <source>of all labels</source>
        <translation>de todas las etiquetas</translation>
    </message>
    <message>
        <source>of {}</source>
        <translation>de {}</translation>
    </message>
    <message>
        <source>all labels</source>
        <translation>todas las etiquetas</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Cobertura</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>no se conoce</translation>
    </message>
    <message>
        <source>How far the interval would reach to either side after 30 more judgements</source>
        <translation>Hasta dónde llegaría el intervalo a cada lado tras 30 juicios más</translation>
    </message>
    <message>
        <source>The sentence is on the clipboard</source>
        <translation>La frase está en el portapapeles</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;Project</source>
        <translation>&amp;Proyecto</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Edición</translation>
    </message>
    <message>
        <source>&amp;Judge</source>
        <translation>&amp;Juicio</translation>
    </message>
    <message>
        <source>&amp;Rules</source>
        <translation>&amp;Reglas</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
</context>
<context>
    <name>MissedPage</name>
    <message>
        <source>What looks like an entity and has no label</source>
        <translation>Lo que parece una entidad y no tiene etiqueta</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>Parece</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Veces</translation>
    </message>
    <message>
        <source>In context</source>
        <translation>En contexto</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Porque</translation>
    </message>
    <message>
        <source>Label as it looks</source>
        <translation>Etiquetar según parece</translation>
    </message>
    <message>
        <source>Label the chosen places as they look</source>
        <translation>Etiquetar los lugares elegidos según lo que parecen</translation>
    </message>
    <message>
        <source>What may be missed?</source>
        <translation>¿Qué puede haberse omitido?</translation>
    </message>
    <message>
        <source>A small tagger that learns from the labels of other documents finds these unlabelled words most like entities. These are signals, not estimates: how many entities are missed is measured by reading.</source>
        <translation>A un pequeño etiquetador, que aprende de las etiquetas de otros documentos, estas palabras sin etiqueta son las que más le parecen entidades. Son indicios, no estimaciones: cuántas entidades faltan se mide leyendo.</translation>
    </message>
</context>
<context>
    <name>NameModel</name>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Encontrados</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Conservados</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>Identificadores</translation>
    </message>
    <message>
        <source>Compared as</source>
        <translation>Se compara como</translation>
    </message>
    <message>
        <source>What must be equal in the text under the options of this list; lemmas and affixes come on top of it</source>
        <translation>Lo que ha de ser igual en el texto según las opciones de esta lista; a ello se suman los lemas y los afijos</translation>
    </message>
</context>
<context>
    <name>NameTable</name>
    <message>
        <source>Find in the names</source>
        <translation>Buscar en los nombres</translation>
    </message>
    <message>
        <source>Names of the list</source>
        <translation>Nombres de la lista</translation>
    </message>
    <message>
        <source>Add names ...</source>
        <translation>Añadir nombres ...</translation>
    </message>
    <message>
        <source>Type or paste names into this list (Ctrl+V)</source>
        <translation>Escribir o pegar nombres en esta lista (Ctrl+V)</translation>
    </message>
    <message>
        <source>Remove names</source>
        <translation>Quitar nombres</translation>
    </message>
    <message>
        <source>Take the chosen names out of the list (Del)</source>
        <translation>Quitar de la lista los nombres elegidos (Supr)</translation>
    </message>
    <message>
        <source>Finding names</source>
        <translation>Buscando nombres</translation>
    </message>
</context>
<context>
    <name>NamesDialog</name>
    <message>
        <source>A list of your own</source>
        <translation>Una lista propia</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>Nombre de la lista</translation>
    </message>
    <message>
        <source>Label of the matches</source>
        <translation>Etiqueta de las coincidencias</translation>
    </message>
    <message>
        <source>Names, one a line</source>
        <translation>Nombres, uno por línea</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Add names</source>
        <translation>Añadir nombres</translation>
    </message>
    <message>
        <source>One name a line, or columns copied from a spreadsheet: name, id, aliases (between |), label</source>
        <translation>Un nombre por línea, o columnas copiadas de una hoja de cálculo: nombre, identificador, alias (separados por |), etiqueta</translation>
    </message>
    <message>
        <source>Names as they will be taken</source>
        <translation>Los nombres tal como se tomarán</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Identificador</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>alias</source>
        <translation>alias</translation>
    </message>
    <message>
        <source>the label {}</source>
        <translation>la etiqueta {}</translation>
    </message>
    <message numerus="yes">
        <source>%n names</source>
        <translation>
            <numerusform>1 nombre</numerusform>
            <numerusform>%n nombres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NumberControl</name>
    <message>
        <source>lists differ</source>
        <translation>difiere según la lista</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>en</source>
        <translation>es</translation>
    </message>
</context>
<context>
    <name>Option</name>
    <message>
        <source>Active</source>
        <translation>Activa</translation>
    </message>
    <message>
        <source>use this source</source>
        <translation>usar esta fuente</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>what a match is called; empty: the label given with the list</source>
        <translation>cómo se etiqueta una coincidencia; vacío: la etiqueta dada con la lista</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>match aliases too</source>
        <translation>buscar también los alias</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Mayúsculas</translation>
    </message>
    <message>
        <source>exact; first: the case of a name&apos;s first character is ignored; ignore; smart: exact for short or all-capital names, ignored for the rest, a sentence-initial capital forgiven</source>
        <translation>exact: tal cual; first: en el primer carácter del nombre da igual mayúscula o minúscula; ignore: no se distinguen; smart: se distinguen en nombres cortos o enteros en mayúsculas, no en los demás, y se admite la mayúscula a comienzo de oración</translation>
    </message>
    <message>
        <source>Diacritics</source>
        <translation>Diacríticos</translation>
    </message>
    <message>
        <source>fold: compare without accents, and letters such as ł ø đ as l o d; NFC and NFD never matter</source>
        <translation>fold: comparar sin acentos, y letras como ł ø đ como l o d; NFC y NFD nunca se distinguen</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Marcas</translation>
    </message>
    <message>
        <source>fold: compare without tatweel, zero-width joiners, Arabic and Hebrew vowel signs, IPA stress</source>
        <translation>fold: comparar sin tatweel, uniones de ancho cero, signos vocálicos árabes y hebreos ni acentos del AFI</translation>
    </message>
    <message>
        <source>Lemma</source>
        <translation>Lema</translation>
    </message>
    <message>
        <source>compare lemmas, word by word: on (simplemma, for the language of the text), column (the lemma column of the input; names stand as lemmas or as forms), a file with word&lt;TAB&gt;lemma a line, or spacy:MODEL; unlike forms score 0.95</source>
        <translation>comparar lemas, palabra por palabra: on (simplemma, para la lengua del texto), column (la columna de lemas de la entrada; los nombres figuran como lemas o como formas), un archivo con palabra&lt;TAB&gt;lema por línea, o spacy:MODEL; las formas distintas puntúan 0.95</translation>
    </message>
    <message>
        <source>Prefixes</source>
        <translation>Prefijos</translation>
    </message>
    <message>
        <source>what may be taken from the beginning of a word of the text before it is compared, such as በ- or al-: at most one a word; two characters must be left (one of Chinese or Ethiopic); score 0.95</source>
        <translation>lo que puede quitarse del comienzo de una palabra del texto antes de compararla, como በ- o al-: a lo sumo uno por palabra; deben quedar dos caracteres (uno en chino o etiópico); puntuación 0.95</translation>
    </message>
    <message>
        <source>Suffixes</source>
        <translation>Sufijos</translation>
    </message>
    <message>
        <source>what may be taken from the end of a word of the text before it is compared, such as -st or -le: at most one a word, and one prefix with it; two characters must be left (one of Chinese or Ethiopic); score 0.95</source>
        <translation>lo que puede quitarse del final de una palabra del texto antes de compararla, como -st o -le: a lo sumo uno por palabra, y un prefijo con él; deben quedar dos caracteres (uno en chino o etiópico); puntuación 0.95</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>División</translation>
    </message>
    <message>
        <source>also match parts of a name that white space separates: parts (each of them) or first_last (the first and the last); not parts of one character, stop words of the language, and small words of a capitalised name; score 0.9</source>
        <translation>buscar también las partes de un nombre separadas por espacios: parts (cada una) o first_last (la primera y la última); no las de un solo carácter, ni las palabras vacías de la lengua, ni las minúsculas de un nombre con mayúsculas; puntuación 0.9</translation>
    </message>
    <message>
        <source>Fuzzy</source>
        <translation>Aproximación</translation>
    </message>
    <message>
        <source>letters that may be inserted, left out or replaced in a word: 1 from 5 characters, 2 from 9, none in shorter words and numbers; a place that holds another name of the list exactly is not matched; score 1 - edits / characters</source>
        <translation>letras que pueden insertarse, omitirse o sustituirse en una palabra: 1 a partir de 5 caracteres, 2 a partir de 9, ninguna en palabras más cortas ni en números; no se toma un lugar que contenga exactamente otro nombre de la lista; puntuación 1 - cambios / caracteres</translation>
    </message>
    <message>
        <source>Min length</source>
        <translation>Longitud mínima</translation>
    </message>
    <message>
        <source>shortest name that is matched, in characters as a reader counts them</source>
        <translation>el nombre más corto que se busca, en caracteres tal como los cuenta quien lee</translation>
    </message>
    <message>
        <source>Min tokens</source>
        <translation>Mínimo de tokens</translation>
    </message>
    <message>
        <source>shortest name that is matched, in tokens</source>
        <translation>el nombre más corto que se busca, en tokens</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>names that are never matched</source>
        <translation>nombres que no se buscan nunca</translation>
    </message>
    <message>
        <source>Stopwords</source>
        <translation>Palabras vacías</translation>
    </message>
    <message>
        <source>names equal to a stop word are not matched: a language (es) or a file with one word a line</source>
        <translation>no se buscan los nombres iguales a una palabra vacía: una lengua (es) o un archivo con una palabra por línea</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Izquierda</translation>
    </message>
    <message>
        <source>the word before a match, in its sentence, must be one of these: a word, one with * for any letters, or /a regular expression/; ^ is the beginning of a sentence; compared as case, diacritics, marks and lemma say</source>
        <translation>la palabra anterior a la coincidencia, en su oración, ha de ser una de estas: una palabra, una con * por letras cualesquiera o /una expresión regular/; ^ es el comienzo de la oración; se compara según mayúsculas, diacríticos, marcas y lema</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Derecha</translation>
    </message>
    <message>
        <source>the word after a match must be one of these; $ is the end of a sentence</source>
        <translation>la palabra posterior a la coincidencia ha de ser una de estas; $ es el final de la oración</translation>
    </message>
    <message>
        <source>Not left</source>
        <translation>No a la izquierda</translation>
    </message>
    <message>
        <source>the word before a match must be none of these</source>
        <translation>la palabra anterior a la coincidencia no ha de ser ninguna de estas</translation>
    </message>
    <message>
        <source>Not right</source>
        <translation>No a la derecha</translation>
    </message>
    <message>
        <source>the word after a match must be none of these</source>
        <translation>la palabra posterior a la coincidencia no ha de ser ninguna de estas</translation>
    </message>
    <message>
        <source>Pos</source>
        <translation>Categoría</translation>
    </message>
    <message>
        <source>one word of a match must have one of these parts of speech, such as PROPN, in the column upos, pos or xpos of the input</source>
        <translation>una palabra de la coincidencia ha de tener una de estas categorías gramaticales, como PROPN, en la columna upos, pos o xpos de la entrada</translation>
    </message>
    <message>
        <source>Max risk</source>
        <translation>Riesgo máximo</translation>
    </message>
    <message>
        <source>names of higher risk are not matched; the risk orders the names of a list by ten signs of error that need no gold, such as the share of lower-case uses in the corpus, from 0 (the safest) to 1; it looks at the whole corpus at once</source>
        <translation>no se buscan los nombres de mayor riesgo; el riesgo ordena los nombres de una lista por diez indicios de error que no requieren datos de referencia, como la proporción de usos en minúscula en el corpus, de 0 (el más seguro) a 1; considera todo el corpus a la vez</translation>
    </message>
    <message>
        <source>Across sentences</source>
        <translation>Entre oraciones</translation>
    </message>
    <message>
        <source>let a match run over the end of a sentence</source>
        <translation>permitir que una coincidencia rebase el final de la oración</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Unir</translation>
    </message>
    <message>
        <source>matches of one label that touch, or that a hyphen joins, become one span (first name and surname); all their lists must say so</source>
        <translation>las coincidencias de una misma etiqueta que se tocan, o que une un guion, forman un solo segmento (nombre y apellido); todas sus listas han de tenerlo así</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Ampliar</translation>
    </message>
    <message>
        <source>words with a capital that follow a match, belong to no other, and become part of it; at most so many</source>
        <translation>palabras con mayúscula que siguen a una coincidencia, no pertenecen a otra y pasan a formar parte de ella; a lo sumo, tantas</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioridad</translation>
    </message>
    <message>
        <source>higher wins over lower where matches compete</source>
        <translation>cuando compiten coincidencias, la mayor gana a la menor</translation>
    </message>
    <message>
        <source>Boundary</source>
        <translation>Límites</translation>
    </message>
    <message>
        <source>where a match may begin and end: at a token, or anywhere, for scripts without spaces and for compounds (Berlin in Berlinreise); anywhere compares character by character, and lengths of matches are then counted in characters</source>
        <translation>dónde puede empezar y acabar una coincidencia: en un token (token) o en cualquier punto (anywhere), para escrituras sin espacios y para compuestos (Berlin en Berlinreise); anywhere compara carácter por carácter, y la longitud de las coincidencias se cuenta entonces en caracteres</translation>
    </message>
    <message>
        <source>look for this relation</source>
        <translation>buscar esta relación</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>how far apart the two mentions may stand: sentence, window:k (k more sentences) or document; empty: as --level says</source>
        <translation>a qué distancia pueden estar las dos menciones: sentence (oración), window:k (k oraciones más) o document (documento); vacío: según --level</translation>
    </message>
    <message>
        <source>Subject types</source>
        <translation>Tipos del sujeto</translation>
    </message>
    <message>
        <source>what the subject must be: labels of its mention, or types that the knowledge base gives it</source>
        <translation>qué ha de ser el sujeto: etiquetas de su mención o tipos que le da la base de conocimiento</translation>
    </message>
    <message>
        <source>Object types</source>
        <translation>Tipos del objeto</translation>
    </message>
    <message>
        <source>what the object must be: labels of its mention, or types that the knowledge base gives it</source>
        <translation>qué ha de ser el objeto: etiquetas de su mención o tipos que le da la base de conocimiento</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>which stands first in the text: forward is the subject, backward the object</source>
        <translation>cuál está primero en el texto: forward, el sujeto; backward, el objeto</translation>
    </message>
    <message>
        <source>Symmetric</source>
        <translation>Simétrica</translation>
    </message>
    <message>
        <source>the relation holds both ways (married to): a triple counts both ways, a pair once, its first mention the subject</source>
        <translation>la relación vale en ambos sentidos (casado con): una tripleta cuenta en los dos, un par una sola vez, con su primera mención como sujeto</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>Inversa</translation>
    </message>
    <message>
        <source>the relation that says the same the other way round (has actor, acts in): triples of each count for both</source>
        <translation>la relación que dice lo mismo a la inversa (tiene como actor, actúa en): las tripletas de cada una cuentan para ambas</translation>
    </message>
    <message>
        <source>Transitive</source>
        <translation>Transitiva</translation>
    </message>
    <message>
        <source>if it holds of A and B, and of B and C, it holds of A and C: circles are contradictions</source>
        <translation>si vale para A y B, y para B y C, vale para A y C: los círculos son contradicciones</translation>
    </message>
    <message>
        <source>Excludes</source>
        <translation>Excluye</translation>
    </message>
    <message>
        <source>relations that cannot hold of the same pair in the same order: both is a contradiction</source>
        <translation>relaciones que no pueden valer para el mismo par en el mismo orden: tener ambas es una contradicción</translation>
    </message>
    <message>
        <source>Min distance</source>
        <translation>Distancia mínima</translation>
    </message>
    <message>
        <source>fewest tokens between the two mentions</source>
        <translation>el menor número de tokens entre las dos menciones</translation>
    </message>
    <message>
        <source>Max distance</source>
        <translation>Distancia máxima</translation>
    </message>
    <message>
        <source>most tokens between the two mentions; -1: any number</source>
        <translation>el mayor número de tokens entre las dos menciones; -1: cualquiera</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>Entre ellas</translation>
    </message>
    <message>
        <source>nothing but these may stand between the two mentions: words, phrases of them, words with * for any letters, /regular expressions/ for a word; case does not matter</source>
        <translation>entre las dos menciones solo puede haber esto: palabras, grupos de palabras, palabras con * por letras cualesquiera, /expresiones regulares/ para una palabra; no se distinguen mayúsculas</translation>
    </message>
    <message>
        <source>Not between</source>
        <translation>No entre ellas</translation>
    </message>
    <message>
        <source>none of these may stand between the two mentions</source>
        <translation>entre las dos menciones no puede haber nada de esto</translation>
    </message>
    <message>
        <source>Triggers</source>
        <translation>Palabras clave</translation>
    </message>
    <message>
        <source>one of these must stand in the sentences of the pair, outside its mentions</source>
        <translation>una de estas ha de aparecer en las oraciones del par, fuera de sus menciones</translation>
    </message>
    <message>
        <source>Trigger scope</source>
        <translation>Ámbito de la clave</translation>
    </message>
    <message>
        <source>where a trigger must stand: in the sentence, or between the mentions</source>
        <translation>dónde ha de estar la palabra clave: en la oración (sentence) o entre las menciones (between)</translation>
    </message>
    <message>
        <source>Unique</source>
        <translation>Unívoca</translation>
    </message>
    <message>
        <source>both mentions must name one entity only; otherwise each entity that a mention may name is tried</source>
        <translation>ambas menciones han de nombrar una sola entidad; si no, se prueba cada entidad que una mención puede nombrar</translation>
    </message>
    <message>
        <source>Hierarchy</source>
        <translation>Jerarquía</translation>
    </message>
    <message>
        <source>the relation of the knowledge base that says what a kind of what is (subclass_of): a triple then also holds of all that stands below its subject and its object</source>
        <translation>la relación de la base de conocimiento que dice qué es una clase de qué (subclass_of): una tripleta vale entonces también para todo lo que está por debajo de su sujeto y de su objeto</translation>
    </message>
</context>
<context>
    <name>OptionForm</name>
    <message>
        <source>Names</source>
        <translation>Nombres</translation>
    </message>
    <message>
        <source>How words are compared</source>
        <translation>Cómo se comparan las palabras</translation>
    </message>
    <message>
        <source>Where names are found</source>
        <translation>Dónde se encuentran los nombres</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Qué se deja fuera</translation>
    </message>
    <message>
        <source>What a match becomes</source>
        <translation>En qué se convierte una coincidencia</translation>
    </message>
</context>
<context>
    <name>OutcomeView</name>
    <message>
        <source>What was found</source>
        <translation>Lo encontrado</translation>
    </message>
    <message>
        <source>What was found of each relation</source>
        <translation>Lo encontrado de cada relación</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relación</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Halladas</translation>
    </message>
    <message>
        <source>Bags</source>
        <translation>Bolsas</translation>
    </message>
    <message>
        <source>Left out, why</source>
        <translation>Fuera, por qué</translation>
    </message>
    <message>
        <source>Contradictions</source>
        <translation>Contradicciones</translation>
    </message>
    <message>
        <source>Nothing yet. Choose the rules at the left, then find relations.</source>
        <translation>Aún nada. Elija las reglas a la izquierda y busque relaciones.</translation>
    </message>
    <message>
        <source>negatives, {}</source>
        <translation>negativos, {}</translation>
    </message>
    <message>
        <source>... and {} more</source>
        <translation>... y {} más</translation>
    </message>
    <message>
        <source>{} mentions, {} of them known to the triples; {} pairs stand near enough, {} stand in a relation.</source>
        <translation>{} menciones, {} de ellas presentes en las tripletas; {} pares están lo bastante cerca, {} guardan una relación.</translation>
    </message>
    <message>
        <source>The triples know none of the mentions: subjects and objects must be the ids of your lists, or the names as the lists spell them.</source>
        <translation>Ninguna mención figura en las tripletas: los sujetos y objetos han de ser los identificadores de sus listas o los nombres tal como los escriben las listas.</translation>
    </message>
    <message numerus="yes">
        <source>%n contradiction(s), below</source>
        <translation>
            <numerusform>una contradicción, abajo</numerusform>
            <numerusform>%n contradicciones, abajo</numerusform>
        </translation>
    </message>
    <message>
        <source>{}: {} runs in a circle: {}</source>
        <translation>{}: {} forma un círculo: {}</translation>
    </message>
    <message>
        <source>{}: {} cannot all hold of {} and {}</source>
        <translation>{}: {} no pueden valer a la vez para {} y {}</translation>
    </message>
</context>
<context>
    <name>Pairs</name>
    <message>
        <source>kept</source>
        <translation>conservado</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>negativo</translation>
    </message>
    <message>
        <source>left out: switched off</source>
        <translation>fuera: desactivada</translation>
    </message>
    <message>
        <source>left out: overlapping</source>
        <translation>fuera: solapados</translation>
    </message>
    <message>
        <source>left out: same entity</source>
        <translation>fuera: misma entidad</translation>
    </message>
    <message>
        <source>left out: ambiguous</source>
        <translation>fuera: ambiguo</translation>
    </message>
    <message>
        <source>left out: type of subject</source>
        <translation>fuera: tipo del sujeto</translation>
    </message>
    <message>
        <source>left out: type of object</source>
        <translation>fuera: tipo del objeto</translation>
    </message>
    <message>
        <source>left out: other order</source>
        <translation>fuera: otro orden</translation>
    </message>
    <message>
        <source>left out: too near</source>
        <translation>fuera: muy cerca</translation>
    </message>
    <message>
        <source>left out: too far</source>
        <translation>fuera: muy lejos</translation>
    </message>
    <message>
        <source>left out: words between</source>
        <translation>fuera: palabras en medio</translation>
    </message>
    <message>
        <source>left out: forbidden word</source>
        <translation>fuera: palabra prohibida</translation>
    </message>
    <message>
        <source>left out: no trigger</source>
        <translation>fuera: sin palabra clave</translation>
    </message>
    <message>
        <source>left out: own evidence</source>
        <translation>fuera: prueba propia</translation>
    </message>
    <message>
        <source>left out: nearer one</source>
        <translation>fuera: otro más cerca</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>sin juzgar</translation>
    </message>
    <message>
        <source>✓ right</source>
        <translation>✓ correcto</translation>
    </message>
    <message>
        <source>✗ wrong</source>
        <translation>✗ incorrecto</translation>
    </message>
    <message>
        <source>? unsure</source>
        <translation>? dudoso</translation>
    </message>
</context>
<context>
    <name>PairsModel</name>
    <message>
        <source>The subject is underlined, the object has a dotted line</source>
        <translation>El sujeto está subrayado; el objeto, con línea de puntos</translation>
    </message>
    <message>
        <source>Tokens between the two mentions</source>
        <translation>Tokens entre las dos menciones</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>Oración</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relación</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>Tipos</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distancia</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Juzgado</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Sujeto</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objeto</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Subject {}, object {}: {}</source>
        <translation>Sujeto {}, objeto {}: {}</translation>
    </message>
</context>
<context>
    <name>PairsPage</name>
    <message>
        <source>Search the sentences</source>
        <translation>Buscar en las oraciones</translation>
    </message>
    <message>
        <source>Show all pairs</source>
        <translation>Ver todos los pares</translation>
    </message>
    <message>
        <source>Show all pairs again</source>
        <translation>Volver a ver todos los pares</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcto</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Incorrecto</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Dudoso</translation>
    </message>
    <message>
        <source>In the text</source>
        <translation>En el texto</translation>
    </message>
    <message>
        <source>Show the pair in its text (Space)</source>
        <translation>Ver el par en su texto (Espacio)</translation>
    </message>
    <message>
        <source>Sorting the pairs</source>
        <translation>Ordenando los pares</translation>
    </message>
    <message>
        <source>Just {}</source>
        <translation>Solo {}</translation>
    </message>
    <message>
        <source>{} of {} pairs</source>
        <translation>{} de {} pares</translation>
    </message>
    <message numerus="yes">
        <source>%n selected · verdicts given here count for no estimate</source>
        <translation>
            <numerusform>1 seleccionado · los veredictos dados aquí no cuentan para las estimaciones</numerusform>
            <numerusform>%n seleccionados · los veredictos dados aquí no cuentan para las estimaciones</numerusform>
        </translation>
    </message>
    <message>
        <source>A right, R wrong, U unsure, N and P next and previous</source>
        <translation>A correcto, R incorrecto, U dudoso, N y P siguiente y anterior</translation>
    </message>
</context>
<context>
    <name>PairsView</name>
    <message>
        <source>Pairs</source>
        <translation>Pares</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Concordance</source>
        <translation>Concordancias</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Corpus</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Errores</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Tuning</source>
        <translation>Ajuste</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>Relaciones</translation>
    </message>
</context>
<context>
    <name>PendingBar</name>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Apply the changed rules</source>
        <translation>Aplicar las reglas modificadas</translation>
    </message>
    <message>
        <source>Discard the changed rules</source>
        <translation>Descartar las reglas modificadas</translation>
    </message>
    <message>
        <source>Trying changed rules ...</source>
        <translation>Probando las reglas modificadas ...</translation>
    </message>
    <message>
        <source>Changed rules, not in force yet: {} added, {} removed, {} changed</source>
        <translation>Reglas modificadas, aún sin aplicar: añadidos {}, eliminados {}, modificados {}</translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>Save the plot as a picture: PNG or SVG</source>
        <translation>Guardar el gráfico como imagen: PNG o SVG</translation>
    </message>
    <message>
        <source>Save the plot</source>
        <translation>Guardar el gráfico</translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>keep them too</source>
        <translation>conservarlas también</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Bajar</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Alcance</translation>
    </message>
    <message>
        <source>Matches inside a kept one are kept as a second layer</source>
        <translation>Las coincidencias dentro de una conservada se conservan como segunda capa</translation>
    </message>
    <message>
        <source>Nested: keep matches inside a kept one</source>
        <translation>Anidadas: conservar las coincidencias dentro de una conservada</translation>
    </message>
    <message>
        <source>Criteria, the first decides first</source>
        <translation>Criterios; el primero decide antes</translation>
    </message>
    <message>
        <source>Let the criterion decide earlier</source>
        <translation>Hacer que el criterio decida antes</translation>
    </message>
    <message>
        <source>Let the criterion decide later</source>
        <translation>Hacer que el criterio decida después</translation>
    </message>
    <message>
        <source>Matches inside others</source>
        <translation>Dentro de otras</translation>
    </message>
    <message>
        <source>The first ticked criterion that tells two matches apart decides:</source>
        <translation>Decide el primer criterio marcado que distingue dos coincidencias:</translation>
    </message>
    <message>
        <source>length: the longer match</source>
        <translation>longitud: la coincidencia más larga</translation>
    </message>
    <message>
        <source>priority: the list&apos;s priority</source>
        <translation>prioridad: la de la lista</translation>
    </message>
    <message>
        <source>source: the upper list</source>
        <translation>fuente: la lista que está más arriba</translation>
    </message>
    <message>
        <source>score: the more exact match</source>
        <translation>puntuación: la coincidencia más exacta</translation>
    </message>
    <message>
        <source>left: the earlier match</source>
        <translation>izquierda: la que aparece antes</translation>
    </message>
    <message>
        <source>the best, then the best of what is left, and so on</source>
        <translation>la mejor, luego la mejor de las restantes, etc.</translation>
    </message>
    <message>
        <source>the set with the best total</source>
        <translation>el conjunto con el mejor total</translation>
    </message>
    <message>
        <source>one for each chain of overlaps</source>
        <translation>una por cada cadena de solapamientos</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>{} is given to both: {} and {}</source>
        <translation>{} está asignada a dos órdenes: {} y {}</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claros</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuros</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> pt</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Another language is spoken from the next start on.</source>
        <translation>El cambio de idioma se aplica al volver a abrir el programa.</translation>
    </message>
    <message>
        <source>Key for: {}</source>
        <translation>Tecla para: {}</translation>
    </message>
    <message>
        <source>All keys as they came</source>
        <translation>Restablecer todas las teclas</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation>Carpeta</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Buscar en:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>&amp;Tipo de ficheros:</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Equipo</translation>
    </message>
</context>
<context>
    <name>Quotes</name>
    <message>
        <source>Sentence precision of {} is {}{}: {} pairs judged, drawn at random.</source>
        <translation>Precisión por oración de {}: {}{}; {} pares juzgados, extraídos al azar.</translation>
    </message>
    <message>
        <source>Bag precision of {} is {}{}: {} bags judged to their first right sentence, at random.</source>
        <translation>Precisión por bolsa de {}: {}{}; {} bolsas al azar, juzgadas hasta su primera oración correcta.</translation>
    </message>
    <message>
        <source>The share of false negatives among {} is {}{}: {} judged, drawn at random.</source>
        <translation>Proporción de falsos negativos entre {}: {}{}; {} juzgados, extraídos al azar.</translation>
    </message>
    <message>
        <source>all relations</source>
        <translation>todas las relaciones</translation>
    </message>
    <message>
        <source>the negatives</source>
        <translation>los negativos</translation>
    </message>
    <message>
        <source> (95% interval {})</source>
        <translation> (intervalo del 95%: {})</translation>
    </message>
</context>
<context>
    <name>Relating</name>
    <message>
        <source>Reading relations</source>
        <translation>Leyendo relaciones</translation>
    </message>
    <message>
        <source>Reading triples</source>
        <translation>Leyendo tripletas</translation>
    </message>
    <message>
        <source>Taking the plan in</source>
        <translation>Guardando el plan</translation>
    </message>
    <message>
        <source>Finding relations</source>
        <translation>Buscando relaciones</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Guardando</translation>
    </message>
    <message>
        <source>Opening the queue</source>
        <translation>Abriendo la cola</translation>
    </message>
    <message>
        <source>Telling why</source>
        <translation>Explicando por qué</translation>
    </message>
    <message>
        <source>Writing three files</source>
        <translation>Escribiendo tres archivos</translation>
    </message>
</context>
<context>
    <name>RelationEstimatesPage</name>
    <message>
        <source>How many are right?</source>
        <translation>¿Cuántas son correctas?</translation>
    </message>
    <message>
        <source>Copy the sentence</source>
        <translation>Copiar la frase</translation>
    </message>
    <message>
        <source>Judge sentences</source>
        <translation>Juzgar oraciones</translation>
    </message>
    <message>
        <source>Tells how many pairs are right in the sentence they stand in</source>
        <translation>Da cuántos pares son correctos en la oración en que están</translation>
    </message>
    <message>
        <source>Judge bags</source>
        <translation>Juzgar bolsas</translation>
    </message>
    <message>
        <source>Tells how many bags have at least one sentence that supports them</source>
        <translation>Da cuántas bolsas tienen al menos una oración que las respalda</translation>
    </message>
    <message>
        <source>Judge negatives</source>
        <translation>Juzgar negativos</translation>
    </message>
    <message>
        <source>Tells how many negatives do stand in a relation</source>
        <translation>Da cuántos negativos guardan en realidad una relación</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>Lo que se mide</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Medido</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Estimación</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>Intervalo del 95 %</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Juzgado</translation>
    </message>
    <message>
        <source>Every number comes from pairs of its queue that people judged; verdicts given elsewhere do not count.</source>
        <translation>Cada cifra procede de pares de su cola que alguien ha juzgado; los veredictos dados en otro lugar no cuentan.</translation>
    </message>
    <message>
        <source>Nothing is measured yet. Judge thirty sentences, and you know how many relations are right and how sure that number is. In bags one right sentence is enough; among negatives you find those that are none.</source>
        <translation>Aún no se ha medido nada. Juzgue treinta oraciones y sabrá cuántas relaciones son correctas y con qué seguridad. En las bolsas basta una oración correcta; entre los negativos se encuentran los que no lo son.</translation>
    </message>
    <message>
        <source>all relations</source>
        <translation>todas las relaciones</translation>
    </message>
    <message>
        <source>Sentence precision of {}</source>
        <translation>Precisión por oración de {}</translation>
    </message>
    <message>
        <source>Bag precision of {}</source>
        <translation>Precisión por bolsa de {}</translation>
    </message>
    <message>
        <source>False negatives</source>
        <translation>Falsos negativos</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>no se conoce</translation>
    </message>
    <message>
        <source>The sentence is on the clipboard</source>
        <translation>La frase está en el portapapeles</translation>
    </message>
</context>
<context>
    <name>RelationJudgePage</name>
    <message>
        <source>What is judged</source>
        <translation>Lo que se juzga</translation>
    </message>
    <message>
        <source>Of which relation</source>
        <translation>De qué relación</translation>
    </message>
    <message>
        <source>How much of the queue is judged</source>
        <translation>Cuánto de la cola está juzgado</translation>
    </message>
    <message>
        <source>The pair to be judged, in its sentences</source>
        <translation>El par que hay que juzgar, en sus oraciones</translation>
    </message>
    <message>
        <source>Another relation</source>
        <translation>Otra relación</translation>
    </message>
    <message>
        <source>Wrong: it stands in another relation</source>
        <translation>Incorrecto: guardan otra relación</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Luego</translation>
    </message>
    <message>
        <source>Leave it for later (S)</source>
        <translation>Dejarlo para luego (S)</translation>
    </message>
    <message>
        <source>all relations</source>
        <translation>todas las relaciones</translation>
    </message>
    <message>
        <source>Nothing to judge yet</source>
        <translation>Aún no hay nada que juzgar</translation>
    </message>
    <message>
        <source>Find relations first, on the page of triples and rules.</source>
        <translation>Busque antes relaciones, en la página Tripletas y reglas.</translation>
    </message>
    <message>
        <source>{} of {} judged</source>
        <translation>Juzgado: {} de {}</translation>
    </message>
    <message>
        <source>A or Enter: right. R: wrong. U: unsure. S: later. Ctrl+Z takes it back.</source>
        <translation>A o Enter: correcto. R: incorrecto. U: dudoso. S: luego. Ctrl+Z lo deshace.</translation>
    </message>
    <message>
        <source>There is nothing of this kind to judge.</source>
        <translation>No hay nada de este tipo que juzgar.</translation>
    </message>
    <message>
        <source>Nothing is left to judge in this queue.</source>
        <translation>No queda nada que juzgar en esta cola.</translation>
    </message>
    <message>
        <source>Do {} and {} stand in no relation here? Right: none.</source>
        <translation>¿Es cierto que {} y {} no guardan aquí ninguna relación? Correcto: ninguna.</translation>
    </message>
    <message>
        <source>Does this say: {} – {} – {}?</source>
        <translation>¿Dice esto: {} – {} – {}?</translation>
    </message>
    <message>
        <source>Sentence {} of {} of its bag; the first that is right settles it.</source>
        <translation>Oración {} de {} de su bolsa; la primera correcta la resuelve.</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcto</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Incorrecto</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Dudoso</translation>
    </message>
</context>
<context>
    <name>RelationQueue</name>
    <message>
        <source>Sentences: does it say so?</source>
        <translation>Oraciones: ¿lo dice?</translation>
    </message>
    <message>
        <source>Bags: does any sentence say so?</source>
        <translation>Bolsas: ¿lo dice alguna oración?</translation>
    </message>
    <message>
        <source>Negatives: is there really none?</source>
        <translation>Negativos: ¿de verdad no la hay?</translation>
    </message>
</context>
<context>
    <name>RelationsPanel</name>
    <message>
        <source>No relations yet</source>
        <translation>Aún no hay relaciones</translation>
    </message>
    <message>
        <source>A table of triples (subject, relation, object) says which entities belong together. Where two of them stand near each other in your texts, they are a pair to look at, judge and export.</source>
        <translation>Una tabla de tripletas (sujeto, relación, objeto) dice qué entidades van juntas. Donde dos de ellas están cerca en sus textos, forman un par que se puede ver, juzgar y exportar.</translation>
    </message>
    <message>
        <source>Import triples ...</source>
        <translation>Importar tripletas ...</translation>
    </message>
    <message>
        <source>Films and actors, cities and countries</source>
        <translation>Películas y actores, ciudades y países</translation>
    </message>
    <message>
        <source>Relations in time, by connectives ...</source>
        <translation>Relaciones temporales, por conectores ...</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Triples and rules</source>
        <translation>Tripletas y reglas</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Pares</translation>
    </message>
    <message>
        <source>Bags</source>
        <translation>Bolsas</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Juzgar</translation>
    </message>
    <message>
        <source>Estimates</source>
        <translation>Estimaciones</translation>
    </message>
    <message>
        <source>Split ...</source>
        <translation>Dividir ...</translation>
    </message>
    <message>
        <source>Write training, development and test data</source>
        <translation>Escribir datos de entrenamiento, desarrollo y prueba</translation>
    </message>
    <message>
        <source>Find relations</source>
        <translation>Buscar relaciones</translation>
    </message>
    <message>
        <source>Find relations again</source>
        <translation>Volver a buscar relaciones</translation>
    </message>
    <message>
        <source>Import texts first</source>
        <translation>Importe antes textos</translation>
    </message>
    <message>
        <source>These relations were found with other labels in the texts; they are not exported.</source>
        <translation>Estas relaciones se encontraron con otras etiquetas en los textos; no se exportan.</translation>
    </message>
    <message>
        <source>The relations of these rules are not found yet.</source>
        <translation>Aún no se han buscado las relaciones de estas reglas.</translation>
    </message>
    <message>
        <source>Triples (*.tsv *.csv *.tab *.txt *.jsonl *.ndjson *.json *.gz *.bz2 *.zst);;All files (*)</source>
        <translation>Tripletas (*.tsv *.csv *.tab *.txt *.jsonl *.ndjson *.json *.gz *.bz2 *.zst);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Import triples</source>
        <translation>Importar tripletas</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Import triples ...</source>
        <translation>Importar tripletas ...</translation>
    </message>
    <message>
        <source>Import triples</source>
        <translation>Importar tripletas</translation>
    </message>
    <message>
        <source>Where pairs are looked for</source>
        <translation>Dónde se buscan pares</translation>
    </message>
    <message>
        <source>Options of a relation</source>
        <translation>Opciones de una relación</translation>
    </message>
    <message>
        <source>Negatives for each relation that is found</source>
        <translation>Negativos por cada relación encontrada</translation>
    </message>
    <message>
        <source>Relations by connectives, without triples</source>
        <translation>Relaciones por conectores, sin tripletas</translation>
    </message>
    <message>
        <source>Not by own evidence</source>
        <translation>No por prueba propia</translation>
    </message>
    <message>
        <source>How far apart the two may stand</source>
        <translation>A qué distancia pueden estar los dos</translation>
    </message>
    <message>
        <source>in one sentence</source>
        <translation>en una misma oración</translation>
    </message>
    <message>
        <source>within further sentences</source>
        <translation>en oraciones siguientes</translation>
    </message>
    <message>
        <source>in one document</source>
        <translation>en un mismo documento</translation>
    </message>
    <message>
        <source>How many further sentences</source>
        <translation>Cuántas oraciones más</translation>
    </message>
    <message>
        <source>Leave out triples whose source is the very document they would be found in</source>
        <translation>Dejar fuera las tripletas cuya fuente es el mismo documento en que se encontrarían</translation>
    </message>
    <message>
        <source>Both mentions</source>
        <translation>Ambas menciones</translation>
    </message>
    <message>
        <source>Point at an option to read what it does.</source>
        <translation>Señale una opción para leer qué hace.</translation>
    </message>
    <message>
        <source>The relation that the options are for</source>
        <translation>La relación a la que se aplican las opciones</translation>
    </message>
    <message>
        <source>Options of</source>
        <translation>Opciones de</translation>
    </message>
    <message>
        <source>Any two mentions</source>
        <translation>Dos menciones cualesquiera</translation>
    </message>
    <message>
        <source>Of the same types</source>
        <translation>De los mismos tipos</translation>
    </message>
    <message>
        <source>Another subject</source>
        <translation>Otro sujeto</translation>
    </message>
    <message>
        <source>Another object</source>
        <translation>Otro objeto</translation>
    </message>
    <message>
        <source>A sibling in the hierarchy</source>
        <translation>Un hermano en la jerarquía</translation>
    </message>
    <message>
        <source>A name that begins alike</source>
        <translation>Un nombre de igual comienzo</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>Negatives: {}</source>
        <translation>Negativos: {}</translation>
    </message>
    <message>
        <source>Seed of the draws</source>
        <translation>Semilla de los sorteos</translation>
    </message>
    <message>
        <source>Connectives of the language {}</source>
        <translation>Conectores de la lengua {}</translation>
    </message>
    <message>
        <source>Before, after, during ...: relations in time and of cause, from the words between mentions</source>
        <translation>Antes, después, durante ...: relaciones temporales y causales, según las palabras entre las menciones</translation>
    </message>
    <message>
        <source>Find relations</source>
        <translation>Buscar relaciones</translation>
    </message>
    <message>
        <source>Put these rules in force and find relations</source>
        <translation>Poner en vigor estas reglas y buscar relaciones</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Forget the changed rules</source>
        <translation>Olvidar las reglas modificadas</translation>
    </message>
    <message>
        <source>No triples: relations by connectives alone</source>
        <translation>Sin tripletas: relaciones solo por conectores</translation>
    </message>
    <message>
        <source>{}: {} triples</source>
        <translation>{}: {} tripletas</translation>
    </message>
    <message>
        <source>all relations</source>
        <translation>todas las relaciones</translation>
    </message>
</context>
<context>
    <name>Sample</name>
    <message>
        <source>Film titles in Spanish film news</source>
        <translation>Títulos de películas en noticias de cine en español</translation>
    </message>
    <message>
        <source>28 articles of Spanish film news (12,000 words), 11,216 titles of English-language films, a hand-made list of 93 Spanish titles, and two files of labelled tokens.</source>
        <translation>28 artículos de noticias de cine en español (12.000 palabras), 11.216 títulos de películas en inglés, una lista manual de 93 títulos en español y dos archivos de tokens etiquetados.</translation>
    </message>
    <message>
        <source>Place names in an Amharic almanac</source>
        <translation>Topónimos en un almanaque en amárico</translation>
    </message>
    <message>
        <source>51 chapters of an almanac of Africa in Amharic (25,000 words), 3,500 Ethiopian place names and 250 countries in Ethiopic script. There are no labels to compare with.</source>
        <translation>51 capítulos de un almanaque de África en amárico (25.000 palabras), 3500 topónimos etíopes y 250 países en escritura etiópica. No hay etiquetas con las que comparar.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Empty the search</source>
        <translation>Vaciar la búsqueda</translation>
    </message>
</context>
<context>
    <name>SearchToggles</name>
    <message>
        <source>Upper and lower case differ</source>
        <translation>Distinguir mayúsculas y minúsculas</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>Solo palabras completas</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Expresión regular</translation>
    </message>
</context>
<context>
    <name>SourceTable</name>
    <message>
        <source>On</source>
        <translation>Activa</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Nombres</translation>
    </message>
    <message>
        <source>Names found</source>
        <translation>Encontrados</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Candidatos</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Conservados</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Superados</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Bloqueados</translation>
    </message>
    <message>
        <source>Lists in the order in which they win ties</source>
        <translation>Listas en el orden en que ganan los empates</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Training, development and test data</source>
        <translation>Datos de entrenamiento, desarrollo y prueba</translation>
    </message>
    <message>
        <source>No pair of entities on two sides</source>
        <translation>Ningún par de entidades en dos partes</translation>
    </message>
    <message>
        <source>No entity on two sides</source>
        <translation>Ninguna entidad en dos partes</translation>
    </message>
    <message>
        <source>No document on two sides</source>
        <translation>Ningún documento en dos partes</translation>
    </message>
    <message>
        <source>What is kept apart</source>
        <translation>Lo que se mantiene separado</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Seed of the draw</source>
        <translation>Semilla del sorteo</translation>
    </message>
    <message>
        <source>Share of training data</source>
        <translation>Parte de datos de entrenamiento</translation>
    </message>
    <message>
        <source>Share of development data</source>
        <translation>Parte de datos de desarrollo</translation>
    </message>
    <message>
        <source>Share of test data</source>
        <translation>Parte de datos de prueba</translation>
    </message>
    <message>
        <source>Kept apart</source>
        <translation>Separación</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>Proporciones</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>Write three files ...</source>
        <translation>Escribir tres archivos ...</translation>
    </message>
    <message>
        <source>Write three files</source>
        <translation>Escribir tres archivos</translation>
    </message>
    <message>
        <source>What the parts have in common</source>
        <translation>Lo que las partes tienen en común</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>To</source>
        <translation>A</translation>
    </message>
    <message>
        <source>In common</source>
        <translation>En común</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Compartidos</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>De un total de</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>Relaciones</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>Por ejemplo</translation>
    </message>
    <message>
        <source>A sentence goes to one side only; what would have to be on two sides is left out, and counted.</source>
        <translation>Cada oración va a una sola parte; lo que tendría que estar en dos se deja fuera y se cuenta.</translation>
    </message>
    <message>
        <source>Three files beside</source>
        <translation>Tres archivos junto a</translation>
    </message>
    <message>
        <source>Writing ...</source>
        <translation>Escribiendo ...</translation>
    </message>
    <message>
        <source>Relations: {}; {} left out, whose sentence or entity is on another side.</source>
        <translation>Relaciones: {}; {} fuera, cuya oración o entidad está en otra parte.</translation>
    </message>
    <message>
        <source>Written: {}</source>
        <translation>Escrito: {}</translation>
    </message>
    <message>
        <source>Not expressed by this format: {}</source>
        <translation>Este formato no expresa: {}</translation>
    </message>
    <message>
        <source>The parts have nothing in common.</source>
        <translation>Las partes no tienen nada en común.</translation>
    </message>
</context>
<context>
    <name>StoryCard</name>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Choose a pair to see why it is a relation, or why not.</source>
        <translation>Elija un par para ver por qué es una relación, o por qué no.</translation>
    </message>
    <message>
        <source>{} → {}: {}, {}</source>
        <translation>{} → {}: {}, {}</translation>
    </message>
    <message>
        <source>{}; {}</source>
        <translation>{}; {}</translation>
    </message>
    <message>
        <source>Drawn as a negative: nothing that is known joins the two.</source>
        <translation>Extraído como negativo: nada de lo conocido une a los dos.</translation>
    </message>
    <message>
        <source>No relation: {}</source>
        <translation>Sin relación: {}</translation>
    </message>
    <message>
        <source>{} is {}, known as {}</source>
        <translation>{} es {}, conocido como {}</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) between them</source>
        <translation>
            <numerusform>un token entre ambos</numerusform>
            <numerusform>%n tokens entre ambos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sentence end(s)</source>
        <translation>
            <numerusform>un final de oración</numerusform>
            <numerusform>%n finales de oración</numerusform>
        </translation>
    </message>
    <message>
        <source>in one sentence</source>
        <translation>en una misma oración</translation>
    </message>
    <message>
        <source>a connective says so</source>
        <translation>lo dice un conector</translation>
    </message>
    <message>
        <source>triple {} {} {}</source>
        <translation>tripleta {} {} {}</translation>
    </message>
    <message>
        <source>{}, by {}</source>
        <translation>{}, por {}</translation>
    </message>
    <message>
        <source>{}, source {}</source>
        <translation>{}, fuente {}</translation>
    </message>
    <message>
        <source>{} {}: {} → {}: {}{}; {}</source>
        <translation>{} {}: {} → {}: {}{}; {}</translation>
    </message>
</context>
<context>
    <name>TextControl</name>
    <message>
        <source>lists differ</source>
        <translation>difiere según la lista</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
</context>
<context>
    <name>TextImportDialog</name>
    <message>
        <source>Import texts</source>
        <translation>Importar textos</translation>
    </message>
    <message>
        <source>Import the rest where a file is faulty</source>
        <translation>Importar el resto cuando un archivo tenga errores</translation>
    </message>
    <message>
        <source>as the file looks</source>
        <translation>según el archivo</translation>
    </message>
    <message>
        <source>found by looking</source>
        <translation>detectada</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Codificación</translation>
    </message>
    <message>
        <source>Column of the token</source>
        <translation>Columna del token</translation>
    </message>
    <message>
        <source>Column of the tag</source>
        <translation>Columna de la etiqueta</translation>
    </message>
    <message>
        <source>The beginning of the first text</source>
        <translation>El comienzo del primer texto</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>1 archivo</numerusform>
            <numerusform>%n archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>{}: {}. All of them become texts of the corpus; labels that files bring count as gold.</source>
        <translation>{}: {}. Todos pasan a ser textos del corpus; las etiquetas que traigan los archivos cuentan como referencia.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>Format: {}</source>
        <translation>Formato: {}</translation>
    </message>
    <message>
        <source>Encoding: {}</source>
        <translation>Codificación: {}</translation>
    </message>
    <message>
        <source>Line ends: {}</source>
        <translation>Finales de línea: {}</translation>
    </message>
    <message>
        <source>{} tokens of its own</source>
        <translation>{} tokens propios</translation>
    </message>
    <message>
        <source>{} gold labels</source>
        <translation>{} etiquetas de referencia</translation>
    </message>
</context>
<context>
    <name>TextPanel</name>
    <message>
        <source>No text yet</source>
        <translation>Aún no hay ningún texto</translation>
    </message>
    <message>
        <source>Import texts in the Corpus tab, and lists of names in the Lists tab. Here you then read what was found.</source>
        <translation>Importe textos en la pestaña Corpus y listas de nombres en la pestaña Listas. Aquí leerá después lo que se ha encontrado.</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>What lost or was blocked</source>
        <translation>Superados y bloqueados</translation>
    </message>
    <message>
        <source>Gold labels</source>
        <translation>Etiquetas de referencia</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>Relaciones</translation>
    </message>
    <message>
        <source>Previous document</source>
        <translation>Documento anterior</translation>
    </message>
    <message>
        <source>Next document</source>
        <translation>Documento siguiente</translation>
    </message>
    <message>
        <source>Find …</source>
        <translation>Buscar …</translation>
    </message>
    <message>
        <source>Find in the text (Ctrl+F)</source>
        <translation>Buscar en el texto (Ctrl+F)</translation>
    </message>
    <message>
        <source>Laying out the text</source>
        <translation>Componiendo el texto</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s) · N and P go through them</source>
        <translation>
            <numerusform>1 segmento · N y P los recorren</numerusform>
            <numerusform>%n segmentos · N y P los recorren</numerusform>
        </translation>
    </message>
    <message>
        <source>{} of {} · {}: {}</source>
        <translation>{} de {} · {}: {}</translation>
    </message>
    <message numerus="yes">
        <source>Label for %n place(s)</source>
        <translation>
            <numerusform>Etiqueta para un lugar</numerusform>
            <numerusform>Etiqueta para %n lugares</numerusform>
        </translation>
    </message>
    <message>
        <source>Label every one</source>
        <translation>Etiquetar todos</translation>
    </message>
    <message>
        <source>No further conflict in this text</source>
        <translation>No hay más conflictos en este texto</translation>
    </message>
    <message>
        <source>Never label exactly this place</source>
        <translation>No etiquetar nunca este lugar exacto</translation>
    </message>
</context>
<context>
    <name>TextView</name>
    <message>
        <source>Text with its spans</source>
        <translation>Texto con sus segmentos</translation>
    </message>
</context>
<context>
    <name>TripleImportDialog</name>
    <message>
        <source>Import triples from {}</source>
        <translation>Importar tripletas de {}</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Sujeto</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relación</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objeto</translation>
    </message>
    <message>
        <source>Type of subject</source>
        <translation>Tipo del sujeto</translation>
    </message>
    <message>
        <source>Type of object</source>
        <translation>Tipo del objeto</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fuente</translation>
    </message>
    <message>
        <source>The first triples</source>
        <translation>Las primeras tripletas</translation>
    </message>
    <message>
        <source>Reading ...</source>
        <translation>Leyendo ...</translation>
    </message>
    <message>
        <source>Problems by row</source>
        <translation>Problemas por fila</translation>
    </message>
    <message>
        <source>Together with the triples that are there; otherwise these take their place</source>
        <translation>Junto con las tripletas existentes; si no, estas ocupan su lugar</translation>
    </message>
    <message>
        <source>{} triples: {}</source>
        <translation>{} tripletas: {}</translation>
    </message>
    <message>
        <source>; rows with problems: {}; the rest is imported</source>
        <translation>; filas con problemas: {}; el resto se importa</translation>
    </message>
    <message>
        <source>... and {} more</source>
        <translation>... y {} más</translation>
    </message>
    <message>
        <source>Import {} triples</source>
        <translation>Importar {} tripletas</translation>
    </message>
</context>
<context>
    <name>TuningPanel</name>
    <message>
        <source>Nothing to tune yet</source>
        <translation>Aún no hay nada que ajustar</translation>
    </message>
    <message>
        <source>With texts and a list of names in the project, you see here at once what a changed rule would do.</source>
        <translation>Con textos y una lista de nombres en el proyecto, aquí se ve al instante qué haría una regla modificada.</translation>
    </message>
    <message>
        <source>Import a list ...</source>
        <translation>Importar una lista ...</translation>
    </message>
    <message>
        <source>Import texts ...</source>
        <translation>Importar textos ...</translation>
    </message>
    <message>
        <source>The list that the options are for</source>
        <translation>La lista a la que se aplican las opciones</translation>
    </message>
    <message>
        <source>Conflicts, in all lists</source>
        <translation>Conflictos, en todas las listas</translation>
    </message>
    <message>
        <source>Point at an option to read what it does.</source>
        <translation>Señale una opción para leer qué hace.</translation>
    </message>
    <message>
        <source>Options of</source>
        <translation>Opciones de</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versiones</translation>
    </message>
    <message>
        <source>Compare with a saved version, or go back to it</source>
        <translation>Comparar con una versión guardada o volver a ella</translation>
    </message>
    <message>
        <source>What a saved version of the rules would change; apply it to go back to it</source>
        <translation>Lo que cambiaría una versión guardada de las reglas; aplíquela para volver a ella</translation>
    </message>
    <message>
        <source>Save as a version ...</source>
        <translation>Guardar como versión ...</translation>
    </message>
    <message>
        <source>Apply the changed rules and keep them as a version</source>
        <translation>Aplicar las reglas modificadas y guardarlas como versión</translation>
    </message>
    <message>
        <source>No change is being tried</source>
        <translation>No se está probando ningún cambio</translation>
    </message>
    <message>
        <source>Change a rule at the left. What it would do is shown here; nothing is in force until you apply it.</source>
        <translation>Cambie una regla a la izquierda. Aquí se muestra lo que haría; nada entra en vigor hasta que lo aplique.</translation>
    </message>
    <message>
        <source>Before and after side by side</source>
        <translation>Antes y después, lado a lado</translation>
    </message>
    <message>
        <source>All lists</source>
        <translation>Todas las listas</translation>
    </message>
    <message>
        <source>Counting changes</source>
        <translation>Contando los cambios</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>precisión</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>cobertura</translation>
    </message>
    <message>
        <source>{} {:+.3f} (95% interval {:+.3f} to {:+.3f})</source>
        <translation>{} {:+.3f} (intervalo del 95 %: de {:+.3f} a {:+.3f})</translation>
    </message>
    <message>
        <source>Nothing that was judged would change.</source>
        <translation>No cambiaría nada de lo que se ha juzgado.</translation>
    </message>
    <message>
        <source>too few judgements for an estimate</source>
        <translation>muy pocos juicios para una estimación</translation>
    </message>
    <message>
        <source>Of what was judged: {:+,} wrong, {:+,} right</source>
        <translation>De lo juzgado: {:+,} incorrectos, {:+,} correctos</translation>
    </message>
</context>
<context>
    <name>VerdictRow</name>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Accept (A)</source>
        <translation>Aceptar (A)</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Reject (R)</source>
        <translation>Rechazar (R)</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Sin decidir</translation>
    </message>
    <message>
        <source>Leave undecided (U)</source>
        <translation>Dejar sin decidir (U)</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Give a label (1 to 9)</source>
        <translation>Dar una etiqueta (1 a 9)</translation>
    </message>
    <message>
        <source>Never match</source>
        <translation>No buscar</translation>
    </message>
    <message>
        <source>Never match this name anywhere (X)</source>
        <translation>No buscar nunca este nombre (X)</translation>
    </message>
    <message>
        <source>Another label …</source>
        <translation>Otra etiqueta …</translation>
    </message>
    <message>
        <source>Name of the label</source>
        <translation>Nombre de la etiqueta</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>From raw text and lists of names to an annotated corpus.</source>
        <translation>Del texto sin anotar y las listas de nombres a un corpus anotado.</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>Abiertos recientemente</translation>
    </message>
    <message>
        <source>New project ...</source>
        <translation>Nuevo proyecto ...</translation>
    </message>
    <message>
        <source>Open project ...</source>
        <translation>Abrir proyecto ...</translation>
    </message>
    <message>
        <source>See it work on a sample, one click</source>
        <translation>Verlo funcionar con una muestra, en un clic</translation>
    </message>
    <message>
        <source>Open the sample: {}</source>
        <translation>Abrir la muestra: {}</translation>
    </message>
    <message>
        <source>Open {}</source>
        <translation>Abrir {}</translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Select a word or a row to see which names could stand there, and what became of each.</source>
        <translation>Seleccione una palabra o una línea para ver qué nombres podrían estar ahí y qué ha sido de cada uno.</translation>
    </message>
    <message>
        <source>No name of any list stands here.</source>
        <translation>Aquí no aparece ningún nombre de ninguna lista.</translation>
    </message>
    <message>
        <source>What would change it</source>
        <translation>Qué lo cambiaría</translation>
    </message>
    <message numerus="yes">
        <source>%n more change(s) would</source>
        <translation>
            <numerusform>Otro cambio más lo haría</numerusform>
            <numerusform>Otros %n cambios lo harían</numerusform>
        </translation>
    </message>
    <message>
        <source>{}, character {}</source>
        <translation>{}, carácter {}</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} de {}</translation>
    </message>
    <message>
        <source>{}.{} = {}</source>
        <translation>{}.{} = {}</translation>
    </message>
    <message>
        <source>changes nothing else nearby</source>
        <translation>no cambia nada más en el entorno</translation>
    </message>
    <message numerus="yes">
        <source>also changes %n span(s) nearby</source>
        <translation>
            <numerusform>cambia además un segmento del entorno</numerusform>
            <numerusform>cambia además %n segmentos del entorno</numerusform>
        </translation>
    </message>
    <message>
        <source>Try it: {}; {}</source>
        <translation>Probarlo: {}; {}</translation>
    </message>
    <message>
        <source>Trying {}: see the Tuning tab, then apply or discard</source>
        <translation>Probando {}: véalo en la pestaña Ajuste y aplíquelo o descártelo</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Opening {}</source>
        <translation>Abriendo {}</translation>
    </message>
    <message>
        <source>Unpacking {}</source>
        <translation>Desempaquetando {}</translation>
    </message>
    <message>
        <source>Making {}</source>
        <translation>Creando {}</translation>
    </message>
    <message>
        <source>Preparing the sample project</source>
        <translation>Preparando el proyecto de muestra</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Cerrando</translation>
    </message>
    <message>
        <source>Reading the first text</source>
        <translation>Leyendo el primer texto</translation>
    </message>
    <message>
        <source>Importing texts</source>
        <translation>Importando textos</translation>
    </message>
    <message>
        <source>Importing a list</source>
        <translation>Importando una lista</translation>
    </message>
    <message>
        <source>Reading a list</source>
        <translation>Leyendo una lista</translation>
    </message>
    <message>
        <source>Adding names</source>
        <translation>Añadiendo nombres</translation>
    </message>
    <message>
        <source>Removing documents</source>
        <translation>Quitando documentos</translation>
    </message>
    <message>
        <source>Removing a list</source>
        <translation>Quitando una lista</translation>
    </message>
    <message>
        <source>Ordering the lists</source>
        <translation>Ordenando las listas</translation>
    </message>
    <message>
        <source>Renaming a list</source>
        <translation>Cambiando el nombre de una lista</translation>
    </message>
    <message>
        <source>Changing a label</source>
        <translation>Cambiando una etiqueta</translation>
    </message>
    <message>
        <source>Switching {} on</source>
        <translation>Activando {}</translation>
    </message>
    <message>
        <source>Switching {} off</source>
        <translation>Desactivando {}</translation>
    </message>
    <message>
        <source>Tokenising</source>
        <translation>Dividiendo en tokens</translation>
    </message>
    <message>
        <source>Changed rules</source>
        <translation>Reglas modificadas</translation>
    </message>
    <message>
        <source>In force: {} added, {} removed, {} changed. Undo takes it back.</source>
        <translation>En vigor: {} añadidos, {} quitados, {} cambiados. Deshacer lo revierte.</translation>
    </message>
    <message>
        <source>Saving version {}</source>
        <translation>Guardando la versión {}</translation>
    </message>
    <message>
        <source>Excluding {}</source>
        <translation>Excluyendo {}</translation>
    </message>
    <message>
        <source>Explaining</source>
        <translation>Explicando</translation>
    </message>
    <message>
        <source>Looking for signals</source>
        <translation>Buscando indicios</translation>
    </message>
    <message>
        <source>Exporting {}</source>
        <translation>Exportando {}</translation>
    </message>
    <message>
        <source>Checking what {} can express</source>
        <translation>Comprobando qué puede expresar {}</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vista previa</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Guardando</translation>
    </message>
    <message>
        <source>Taken back: {}</source>
        <translation>Deshecho: {}</translation>
    </message>
    <message>
        <source>Done again: {}</source>
        <translation>Rehecho: {}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Saving the result</source>
        <translation>Guardando el resultado</translation>
    </message>
</context>
<context>
    <name>tag_text</name>
    <message>
        <source> lost</source>
        <translation> superado</translation>
    </message>
    <message>
        <source> blocked</source>
        <translation> bloqueado</translation>
    </message>
    <message>
        <source> gold</source>
        <translation> referencia</translation>
    </message>
    <message>
        <source> added</source>
        <translation> añadido</translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Something unexpected happened</source>
        <translation>Ha ocurrido algo inesperado</translation>
    </message>
</context>
</TS>
