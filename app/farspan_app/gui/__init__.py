"""The window: panels over a workspace, the workspace over the engine and the project file."""
