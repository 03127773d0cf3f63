# One message a file: the subject is the title, the body the text; fields are fields.
printf 'From: keeper@light.example (A Keeper)\nSubject: Re: lichens\n on slate\nDate: Mon, 5 Apr 1993 10:00:00 GMT\nMessage-ID: <2@x.example>\nLines: 3\n\nSomeone writes:\n> Do they grow on slate?\n\nThey do.\n-- \nA Keeper\n' >letter.eml
unecho segment -f -q letter.eml --id-field message-id --provenance p.jsonl | jq -c '{ref, title, text, snapshot}'
jq -c '[.id, .fate]' p.jsonl
# Encoded fields and bodies, parts in parts, HTML alone.
cat >nested.eml <<'END'
Return-Path: <a@b.example>
Received: from c.example
	by d.example; Tue, 6 Apr 2004 10:00:00 +0200
From: =?UTF-8?Q?J=C3=BCrgen?= <a@b.example>
Subject: =?iso-8859-1?Q?caf=E9_au?= =?iso-8859-1?Q?_lait?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

This is a message in MIME format.
--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Sch=C3=B6n, =
das.
--inner
Content-Type: text/html; charset=utf-8

<p>Not this one.</p>
--inner--
--outer
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--outer
Content-Type: message/rfc822

From: e@f.example
Subject: An older one

Forwarded text.
--outer
Content-Type: text/plain; charset=koi8-r
Content-Transfer-Encoding: base64

0NLJ18XU
--outer--
END
printf 'From: a@b.example\nTo: c@d.example\nSubject: Markup\nContent-Type: text/html\n\n<!doctype html>\n<p>One &amp; two</p><p>three</p>\n' >html.eml
unecho segment -q nested.eml html.eml | jq -c '{title, text}'
# A picture alone is no text: rejected, with a reason; a message cut off gives what is there.
printf 'From: a@b.example\nTo: c@d.example\nSubject: Look\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n' >picture.eml
head -n 18 nested.eml >cut.eml
unecho segment -f -q picture.eml cut.eml --provenance p.jsonl | jq -c '{title, text}'
jq -c '[.ref, .fate, .reason]' p.jsonl
expect_exit 1 unecho segment -q --layout mail picture.eml
says stderr "none of its parts is text"
