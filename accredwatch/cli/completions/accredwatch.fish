# Completion of accredwatch for fish. Where nothing of its own fits, file names are completed.
function __accredwatch_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l begun (commandline --current-token --cut-at-cursor)
    test (count $begun) -gt 0; or set begun ''
    set -l found (env _ACCREDWATCH_COMPLETE=1 $words[1] $words[2..-1] $begun 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path $begun
    end
end
complete --command accredwatch --no-files --arguments '(__accredwatch_complete)'
