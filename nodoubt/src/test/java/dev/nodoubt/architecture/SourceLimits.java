package dev.nodoubt.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads sources as the compiler's parser sees them, and notes what is too long or names a header outside the wire. */
final class SourceLimits extends TreeScanner<@Nullable Void, @Nullable Void> {

    static final int FILE_LINES = 300;
    static final int METHOD_LINES = 70;

    private static final Pattern HEADER_NAME = Pattern.compile("(Idempotency-|Idempotent-|Nodoubt-).*");

    private final List<String> violations;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;
    private final String file;

    private SourceLimits(CompilationUnitTree unit, SourcePositions positions, List<String> violations) {
        this.unit = unit;
        this.positions = positions;
        this.violations = violations;
        this.lines = unit.getLineMap();
        this.file = Path.of(unit.getSourceFile().toUri()).toString();
    }

    /** One line for each thing that breaks a limit. */
    static List<String> violations(List<Path> files) throws IOException {
        List<String> violations = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                SourceLimits limits = new SourceLimits(unit, positions, violations);
                limits.checkFile();
                limits.scan(unit, null);
            }
        }
        return violations;
    }

    private void checkFile() throws IOException {
        long count =
                unit.getSourceFile().getCharContent(true).toString().lines().count();
        if (count >= FILE_LINES) {
            violations.add(file + " has " + count + " lines, must have fewer than " + FILE_LINES);
        }
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        long count = line(method, true) - line(method, false) + 1;
        if (count >= METHOD_LINES) {
            violations.add(file + ":" + line(method, false) + " " + method.getName() + " has " + count
                    + " lines, must have fewer than " + METHOD_LINES);
        }
        return super.visitMethod(method, null);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
        boolean wire = String.valueOf(unit.getPackageName()).equals("dev.nodoubt.wire");
        boolean core = file.replace('\\', '/').contains("/nodoubt/src/main/");
        if (core
                && !wire
                && literal.getValue() instanceof String text
                && HEADER_NAME.matcher(text).matches()) {
            violations.add(file + ":" + line(literal, false) + " names the header " + text
                    + ", which only dev.nodoubt.wire may know");
        }
        return super.visitLiteral(literal, null);
    }

    private long line(Tree tree, boolean end) {
        return lines.getLineNumber(end ? positions.getEndPosition(unit, tree) : positions.getStartPosition(unit, tree));
    }
}
