package dev.nodoubt.architecture.no_class_is_open;

sealed class Innocent permits Innocent.Leaf {

    abstract static class Base {}

    static final class Leaf extends Innocent {}

    record Data() {}

    enum Choice {
        ONE {
            @Override
            Object make() {
                return new Base() {};
            }
        };

        abstract Object make();
    }
}
