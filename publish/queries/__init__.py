"""What the pages show, read from the archive: functions of a connection, without Datasette."""
