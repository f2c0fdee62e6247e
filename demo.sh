#!/bin/sh
# Runs the demo: builds what is not built, then starts everything on this machine. ./demo.sh --help tells the options.
# Needs a JDK 17 or newer, and Maven 3.8 or newer while something is still to be built; nothing else.
set -u

fail() {
    printf 'demo: %s\n' "$1" >&2
    exit 1
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || fail "cannot enter the project's directory"

# The person's locale decides what is shown. File names are UTF-8 whatever it is.
NODOUBT_DEMO_LC_CTYPE=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
NODOUBT_DEMO_LC_MESSAGES=${LC_ALL:-${LC_MESSAGES:-${LANG:-C}}}
LC_ALL=C.UTF-8
export LC_ALL NODOUBT_DEMO_LC_CTYPE NODOUBT_DEMO_LC_MESSAGES
if [ -t 1 ]; then
    NODOUBT_DEMO_TERMINAL=yes
    export NODOUBT_DEMO_TERMINAL
else
    unset NODOUBT_DEMO_TERMINAL
fi

jdk_hint='install one (Debian, Ubuntu: apt-get install openjdk-17-jdk; macOS: brew install openjdk@17)'
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
else
    java=$(command -v java) || fail "no java found, the demo needs a JDK 17 or newer; $jdk_hint"
fi
version=$("$java" -XX:-UsePerfData -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
feature=${version%%[!0-9]*}
[ "${feature:-0}" -ge 17 ] || fail "$java is Java ${version:-unknown}, the demo needs a JDK 17 or newer; $jdk_hint"

built=$root/demo/target/built
is_built() {
    [ -f "$built" ] && [ -f "$root/demo/target/nodoubt-demo.jar" ] || return 1
    [ -f "$root/services/exchange/target/nodoubt-exchange.jar" ] || return 1
    for service in transfer mail brokerage; do
        set -- "$root/services/$service/target/$service-service-"*.jar
        [ -f "$1" ] || return 1
    done
    newer=$(cd -- "$root" && find pom.xml ./*/pom.xml services/*/pom.xml ./*/src/main services/*/src/main \
        -newer "$built" -print 2>/dev/null | head -n 1)
    [ -z "$newer" ]
}

build() {
    # Told now, not after minutes of building: a wrong option, a taken port.
    "$java" "$root/demo/src/main/java/dev/nodoubt/demo/Options.java" "$@"
    checked=$?
    case $checked in
        0) ;;
        2) exit 2 ;;
        *) fail "$java cannot compile: it is no JDK; $jdk_hint" ;;
    esac
    mvn=$(command -v mvn) ||
        fail 'no mvn found, building needs Maven 3.8 or newer; install it (Debian, Ubuntu: apt-get install maven; macOS: brew install maven)'
    found=$("$mvn" -B -version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9]*\)\.\([0-9][0-9]*\).*/\1 \2/p' | head -n 1)
    major=${found% *}
    minor=${found#* }
    [ -n "$found" ] && [ "$((major * 1000 + minor))" -ge 3008 ] ||
        fail "$mvn is Maven ${found:-unknown}, building needs 3.8 or newer; install a newer one"
    echo 'Building. What is missing is downloaded from Maven Central: the first time about 150 MB, some minutes ...'
    mkdir -p "$root/demo/target" || fail "cannot write to $root/demo/target"
    : >"$built.new" || fail "cannot write to $root/demo/target"
    # In the background, so that Ctrl-C and SIGTERM end the build at once.
    (cd -- "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} -Djansi.noreset=true" exec "$mvn" -B -q -Dstyle.color=never -Dmaven.test.skip=true -pl services/transfer,services/mail,services/exchange,services/brokerage,demo -am package) &
    maven=$!
    trap 'kill "$maven" 2>/dev/null; wait "$maven"; exit 130' INT TERM HUP
    wait "$maven" || fail 'the build failed; its messages stand above'
    trap - INT TERM HUP
    mv "$built.new" "$built"
}

for option in "$@"; do
    case $option in
        --help | -h) exec "$java" "$root/demo/src/main/java/dev/nodoubt/demo/Help.java" ;;
    esac
done
is_built || build "$@"
exec "$java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -jar "$root/demo/target/nodoubt-demo.jar" "$@"
