
# Records, fields and values come from the workspace around the current folder; all else from above.
function __fish_kontor_ask
    command kontor complete fish (commandline -opc) (commandline -ct) 2>/dev/null
end

complete -c kontor -n "__fish_seen_subcommand_from list ls new set show rm edit mv log schema" -f
complete -c kontor -k -a "(__fish_kontor_ask)"
