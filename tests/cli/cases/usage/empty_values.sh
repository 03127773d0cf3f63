# An empty value, as an unset variable leaves it, and a folder where a file is meant.
printf 'one line\n' >in.txt
for option in --provenance --languages --quality --encoding -o --id-field; do
  expect_exit 2 unecho clean "$option" '' in.txt
  says stderr "its value is empty"
done
expect_exit 2 unecho clean ''
says stderr "the name of an input is empty"
mkdir folder
for options in '--layout folder' '--against in.txt --against-layout folder' '--quality c4 --rules folder'; do
  # shellcheck disable=SC2086
  expect_exit 2 unecho clean $options in.txt
  says stderr "folder: cannot be read (Is a directory)"
done
expect_exit 1 unecho tune --labels folder in.txt
