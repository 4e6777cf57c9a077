#!/bin/sh
# Run a command with the files that a list names: import_files.sh "a.docx 第 1 期.docx" command argument...
# Names are divided at spaces, but a name that goes on to that of a file which exists is taken whole; wildcards are
# expanded. Nothing in the list is run. What names no file is handed on as it is, so that the command can say so.
list=$1
shift
name=
for word in $list; do
    name=${name:+$name }$word
    if [ -e "$name" ]; then
        set -- "$@" "$name"
        name=
    fi
done
[ -z "$name" ] || set -- "$@" "$name"
exec "$@"
