# Completion of accredwatch for bash. Where nothing of its own fits, file names are completed.
_accredwatch() {
    local IFS=$'\n'
    COMPREPLY=($(_ACCREDWATCH_COMPLETE=1 "${COMP_WORDS[0]}" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _accredwatch accredwatch
