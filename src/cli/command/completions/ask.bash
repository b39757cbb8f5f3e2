
# Records, fields and values come from the workspace around the current folder; all else from above.
_kontor_ask() {
    COMPREPLY=()
    local line
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(command kontor complete bash "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -gt 0 ]]; then
        # Words that end here bring their blank with them.
        compopt -o nospace 2>/dev/null
        return 0
    fi
    _kontor "$@"
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _kontor_ask -o nosort -o bashdefault -o default kontor
else
    complete -F _kontor_ask -o bashdefault -o default kontor
fi
