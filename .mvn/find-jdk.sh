# shellcheck shell=sh
# Finds a JDK 25 or later; sourced by ./mvnw and ./verdict.
# find_jdk sets and exports JAVA_HOME, and sets jdk_version to the exact build; if there is none it
# says where it looked and answers 1. It reads a JDK's `release` file and never starts java, since
# one start costs more than the whole search.

jdk_wanted=25
jdk_root=${JDK_SEARCH_ROOT-} # a folder to search as if it were /: for tests

# Answers 0 and sets jdk_version if $1 is the home of a JDK that is new enough.
is_jdk() {
    [ -f "$1/release" ] && [ -x "$1/bin/javac" ] || return 1
    jdk_version='' jdk_major=''
    while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
        jdk_value=${jdk_value#\"}
        jdk_value=${jdk_value%\"*}
        case $jdk_key in
            JAVA_VERSION) jdk_major=${jdk_value%%[!0-9]*} ;;
            JAVA_RUNTIME_VERSION) jdk_version=$jdk_value ;;
        esac
        # What follows is long, and a shell reads byte by byte.
        [ -z "$jdk_version" ] || [ -z "$jdk_major" ] || break
    done <"$1/release"
    : "${jdk_version:=$jdk_major}"
    [ -n "$jdk_major" ] && [ "$jdk_major" -ge "$jdk_wanted" ]
}

# Takes the first of its arguments that is such a JDK.
take_jdk() {
    for jdk_home; do
        if is_jdk "$jdk_home"; then
            export JAVA_HOME="$jdk_home"
            return 0
        fi
    done
    return 1
}

# Takes the JDK that `java` on the PATH belongs to. A version manager's shim leads nowhere: the
# folders where these keep their JDKs are searched below.
take_jdk_on_path() {
    jdk_java=$(command -v java) || return 1
    jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || return 1
    take_jdk "${jdk_java%/bin/java}"
}

find_jdk() {
    [ -n "${JAVA_HOME-}" ] && take_jdk "$JAVA_HOME" && return 0
    take_jdk_on_path && return 0
    # Packages of Debian, Fedora and Adoptium, by the name that promises the version first.
    take_jdk "$jdk_root"/usr/lib/jvm/*"$jdk_wanted"* "$jdk_root"/usr/lib/jvm/* && return 0
    # Archives unpacked by hand.
    take_jdk "$jdk_root"/opt/java "$jdk_root"/opt/java/* "$jdk_root"/opt/java-* "$jdk_root"/opt/jdk* \
        "$jdk_root"/usr/java/* "$jdk_root"/usr/local/lib/jvm/* && return 0
    # macOS, and Homebrew there.
    take_jdk "$jdk_root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$jdk_root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$jdk_root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home && return 0
    if [ -n "${HOME-}" ]; then
        take_jdk "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
            "${MISE_DATA_DIR:-$HOME/.local/share/mise}"/installs/java/* \
            "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/java/* \
            "${JABBA_HOME:-$HOME/.jabba}"/jdk/* "${JABBA_HOME:-$HOME/.jabba}"/jdk/*/Contents/Home \
            "$HOME"/.jdks/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home && return 0
    fi
    echo "Verdict needs a JDK $jdk_wanted or later and found none in JAVA_HOME (${JAVA_HOME:-unset})," \
        "on the PATH, under /usr/lib/jvm, /opt, /usr/java, /Library/Java or where SDKMAN, mise, asdf and jabba" \
        "keep theirs: install one (Debian: apt install openjdk-$jdk_wanted-jdk, or temurin-$jdk_wanted-jdk" \
        "from Adoptium; SDKMAN: sdk install java $jdk_wanted-tem; macOS: brew install openjdk@$jdk_wanted)" \
        "or point JAVA_HOME at it." >&2
    return 1
}
