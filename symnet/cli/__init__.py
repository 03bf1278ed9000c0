"""The command line, one file a verb: the only room that knows argv, stdout, exit codes and the working directory."""
