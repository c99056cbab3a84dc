#compdef accredwatch
# Completion of accredwatch for zsh. Where nothing of its own fits, file names are completed.
_accredwatch() {
    local -a found
    found=("${(@f)$(_ACCREDWATCH_COMPLETE=1 "${words[1]}" "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[*]}" ]]; then
        compadd -- "${found[@]}"
    else
        _files
    fi
}
if [[ "${funcstack[1]}" == _accredwatch ]]; then
    _accredwatch "$@"
else
    compdef _accredwatch accredwatch
fi
