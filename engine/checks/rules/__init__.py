"""One check a file: a module here declares its problem codes and a function `check(subject)`."""
