# `cat` glues the first furniture line of a dump to the last abstract of the one before.
dumps
unecho clean -q dumps/*.txt >from_files
cat dumps/*.txt | unecho clean -q >from_pipe
jq -c '[.title, .text]' from_files >want
jq -c '[.title, .text]' from_pipe >got
same want got
