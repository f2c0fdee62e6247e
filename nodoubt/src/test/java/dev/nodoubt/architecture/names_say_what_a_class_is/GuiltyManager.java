package dev.nodoubt.architecture.names_say_what_a_class_is;

record GuiltyManager() {}
