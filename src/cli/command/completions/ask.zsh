# Records, fields and values come from the workspace around the current folder; all else from above.
functions[_kontor_by_itself]=$functions[_kontor]
_kontor() {
    local word sign help
    local -a ended ended_shown begun begun_shown
    while IFS=$'\t' read -r word sign help; do
        if [[ $sign == + ]]; then
            ended+=("$word")
            ended_shown+=("$word${help:+  -- $help}")
        else
            begun+=("$word")
            begun_shown+=("$word${help:+  -- $help}")
        fi
    done < <(command kontor complete zsh "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    if (( ${#ended} + ${#begun} == 0 )); then
        _kontor_by_itself "$@"
        return
    fi
    (( ${#begun} )) && compadd -l -S '' -d begun_shown -a begun
    (( ${#ended} )) && compadd -l -d ended_shown -a ended
    return 0
}

