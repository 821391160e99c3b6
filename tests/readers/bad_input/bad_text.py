"""Texts that are broken, hostile, or far too much."""

from __future__ import annotations

from bad_kind import Kind, cuts, either, is_read, refused, sample

N = 1_000_000
TALK = "社工：你好。\nA3：我不去。\n" * 3


def mixed() -> bytes:
    return ("社工：你今天为什么没有来上学？\n" * 40).encode() + ("A3：我在家里照顾妹妹，她生病了。\n" * 40).encode(
        "gb18030"
    )


def speakers() -> bytes:
    return "".join(f"A{number}：嗯\n" for number in range(N - 120_000)).encode()


def speakers_twice() -> bytes:
    talk = "".join(f"A{number}：我不去。\n" for number in range(9_000))
    return (talk * 20).encode()


def repeated(piece: str, n: int = N, *, head: str = TALK) -> bytes:
    return (head + piece * n + "\n").encode()


KINDS: list[Kind] = [
    refused("no bytes at all", "A3.txt", b"", "empty (0 bytes)"),
    refused("nothing but a byte order mark", "A3.txt", b"\xef\xbb\xbf", "no text"),
    refused("nothing but blanks of all kinds", "A3.txt", "\n \t\u3000\r\n\u00a0" * 1000, "no text"),
    is_read("NUL bytes between words", "A3.txt", TALK.replace("我", "\0我\0"), "\ufffd我\ufffd不去"),
    refused("half UTF-8, half GB18030", "A3.txt", mixed, "line 41", "two files in one"),
    either("a text cut within a character", "A3.txt", lambda: [TALK.encode()[:-place] for place in range(2, 12)]),
    either(
        "a GB18030 text cut within a character",
        "A3.txt",
        lambda: [TALK.encode("gb18030")[:-2], TALK.encode("gb18030")[:-4]],
    ),
    either("UTF-16 with a byte missing", "A3.txt", lambda: [TALK.encode("utf-16")[:-1], TALK.encode("utf-16-le")[1:]]),
    is_read("lone surrogates in UTF-8", "A3.txt", TALK.encode().replace("我".encode(), b"\xed\xa0\x80"), "A3：\ufffd"),
    is_read("lone surrogates in UTF-16", "A3.txt", (TALK + "\ud83d\n").encode("utf-16", "surrogatepass"), "A3：我不去"),
    refused("UTF-32 beyond all characters", "A3.txt", b"\xff\xfe\0\0" + b"\xff" * 40, "byte", "not valid UTF-32"),
    refused("bytes of no encoding", "A3.txt", bytes(range(128, 256)) * 20, "neither UTF-8 nor GB18030"),
    refused(
        "a picture with the ending of a text", "A3.txt", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "picture", "OCR"
    ),
    refused("a program with the ending of a text", "A3.txt", b"\x7fELF" + bytes(range(256)) * 9, "program"),
    refused("a recording with the ending of Word", "A3.docx", b"ID3\x04" + bytes(range(256)) * 9, "docx"),
    refused(
        "a packed folder with the ending of a text", "A3.txt", b"Rar!\x1a\x07" + bytes(range(256)) * 9, "packed folder"
    ),
    is_read(
        "a page with the ending of an old Word file", "A3.doc", "<html><body><p>A3：不去</p></body></html>", "A3：不去"
    ),
    is_read(
        "a Word file with the ending of a text",
        "A3.txt",
        lambda: sample("interview_notes.docx"),
        "though it ends in .txt",
    ),
    is_read(
        "a PDF with the ending of Word",
        "A3.docx",
        lambda: sample("interview_libreoffice.pdf"),
        "though it ends in .docx",
    ),
    is_read("an RTF file without ending", "A3", lambda: sample("interview_notes.rtf"), "though it ends in nothing"),
    refused("a picture with no ending", "A3", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
    is_read("880,000 speakers", "A3.txt", speakers, "no turns"),
    is_read("9,000 speakers who each speak twenty times", "A3.txt", speakers_twice, "180000 turns"),
    is_read("one line of a million characters", "A3.txt", lambda: repeated("我不去"), "A3"),
    refused(
        "more characters than any interview", "A3.txt", lambda: repeated("我" * 11, head=""), "texts up to 10,000,000"
    ),
    is_read("a million colons", "A3.txt", lambda: repeated("："), "A3"),
    is_read("a million colons with words between", "A3.txt", lambda: repeated("A3：好 "), "A3"),
    is_read("a million brackets that open", "A3.txt", lambda: repeated("（【[("), "A3"),
    refused("a million marks", "A3.txt", lambda: repeated("（笑）"), "1,000,000 marks"),
    is_read("a million empty lines", "A3.txt", lambda: repeated("\n \n"), "A3"),
    is_read("a million lone carriage returns", "A3.txt", lambda: repeated("\r"), "A3"),
    is_read("a million times of a service", "A3.txt", lambda: repeated("00:00:01\n", 900_000), "A3"),
    is_read("a million digits", "A3.txt", lambda: repeated("1234567"), "A3"),
    is_read("a million bold signs in Markdown", "A3.md", lambda: repeated("**", head="# 访谈\n\n**A3：**好\n"), "A3"),
    is_read("a million brackets in Markdown", "A3.md", lambda: repeated("[(!", head="# 访谈\n\n**A3：**好\n"), "A3"),
    is_read(
        "a million bars in Markdown", "A3.md", lambda: repeated("|-", head="# 访谈\n\n| 编号 | A3 |\n|--|--|\n"), "A3"
    ),
    is_read("a million back quotes and blanks in Markdown", "A3.md", lambda: repeated("` ~\t", head="# A3\n\n"), "A3"),
    is_read("a million quotations in one another in Markdown", "A3.md", lambda: repeated("> ", head="# A3\n\n"), "A3"),
    is_read(
        "signs that turn the direction of writing in names",
        "A3.txt",
        "社工：好\nA3：不\n社工：嗯\nA\u202e3\u202c：去\n",
        "4 turns of 2 speakers: A3, 社工",
    ),
    is_read(
        "signs without width in names",
        "A3.txt",
        "社工：好\nA3：不\n社工：嗯\nA\u200b3\u2060：去\n",
        "4 turns of 2 speakers: A3, 社工",
    ),
    is_read("control characters in names", "A3.txt", "社工：好\nA\x1b[31m3：不\n社工：嗯\nA\x073：去\n", "不"),
    is_read("a name that Windows keeps for itself", "CON.txt", TALK, "A3：我不去"),
    is_read("a name of signs that turn the direction", "A3\u202etxt.txt", TALK, "A3：我不去"),
    is_read("a name with a line end", "A3\n2.txt", TALK, "A3：我不去"),
    either("an RTF file cut at many places", "A3.rtf", cuts("interview_notes.rtf")),
    either("a million groups in one another in RTF", "A3.rtf", lambda: b"{\\rtf1 A3: hm" + b"{" * N + b"hm"),
    either("groups that close a million times in RTF", "A3.rtf", lambda: b"{\\rtf1 A3: hm" + b"}" * N + b"hm"),
    either("a picture of no end in RTF", "A3.rtf", rb"{\rtf1 A3: hm\bin2147483647 x\bin-5 y}"),
    is_read(
        "numbers beyond all bounds in RTF",
        "A3.rtf",
        rb"{\rtf1\uc9999999999 A3: hm\u-99999?\u9999999999?\'zz\par}",
        "A3",
    ),
    refused(
        "400,000 tables in RTF", "A3.rtf", lambda: b"{\\rtf1 A3" + b"\\trowd\\cell\\row" * 400_000 + b"}", "50,000"
    ),
    refused("400,000 footnotes in RTF", "A3.rtf", lambda: b"{\\rtf1 A3" + b"{\\footnote x}" * 400_000 + b"}", "50,000"),
    is_read(
        "encodings nobody knows in RTF",
        "A3.rtf",
        rb"{\rtf1\ansicpg99999{\fonttbl{\f0\fcharset999 x;}}\f0 A3: \'c4\'e3\par}",
        "A3",
    ),
    either("a web page cut at many places", "A3.html", cuts("interview_notes.html")),
    refused(
        "100,000 elements in one another in a page",
        "A3.html",
        lambda: b"<html><body>" + b"<div>" * 100_000 + b"A3",
        "256 deep",
    ),
    either("a million attributes in a page", "A3.html", lambda: b"<html><body><p " + b"a='1' " * N + b">A3</p>"),
    refused("a million elements in a page", "A3.html", lambda: b"<html><body>A3" + b"<i>a</i>" * N, "too much markup"),
    is_read(
        "cells over a billion columns in a page",
        "A3.html",
        "<html><body><table><tr><td colspan=1000000000 rowspan=999999999>A3<td>x</table>",
        "A3",
    ),
    is_read("a comment that never ends in a page", "A3.html", "<html><body><p>A3</p><!--" + "-" * 100_000, "A3"),
    is_read(
        "entities within entities in a page",
        "A3.html",
        '<!DOCTYPE html [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]><html><body>A3 &a;</body></html>',
        "A3",
    ),
    is_read(
        "a file of the system asked for by a page",
        "A3.html",
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body>A3&a;<iframe src="file:///etc/passwd"></iframe></body></html>',
        "A3",
    ),
    either(
        "encodings that are none in a page",
        "A3.html",
        lambda: [
            b"<html><head><meta charset=" + name + b"></head><body>" + b"A3 \xc4\xe3\xba\xc3-" * 200_000
            for name in (b"punycode", b"idna", b"unicode_escape", b"zlib", b"utf-7", b"hex", b"undefined", b"rot13")
        ],
    ),
    is_read(
        "references to characters that are none in a page",
        "A3.html",
        "<html><body>A3&#0;&#55296;&#1114112;&#99999999999;</body></html>",
        "A3",
    ),
]
