"""The report on a project: one content, written as HTML, Markdown or JSON; equal projects give equal bytes."""
