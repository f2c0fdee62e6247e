package dev.nodoubt.architecture.no_class_is_open;

class Guilty {

    static class GuiltyNested {}
}
