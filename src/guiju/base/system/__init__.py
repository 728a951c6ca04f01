"""系统状态: what those who run the installation must see, each with what to do."""
