package docscommands

import "strings"

// script splits the text of a shell into simple commands: words without quotes. Commands in $( ) come after the one that has them, in
// which they are the word "$()". What a shell does beyond that, such as redirections, stays a word.
func script(text string) (commands [][]string) {
	s := &shell{text: strings.ReplaceAll(text, "\\\n", " ")}
	s.list("")
	return s.commands
}

type shell struct {
	text     string
	commands [][]string
	nested   [][]string
}

// list reads commands up to a closing character, or to the end.
func (s *shell) list(closing string) {
	var words []string
	end := func() {
		if words = command(words); len(words) > 0 {
			s.commands = append(s.commands, words)
		}
		s.commands, s.nested, words = append(s.commands, s.nested...), nil, nil
	}
	for s.text != "" {
		switch c := s.text[0]; {
		case closing != "" && s.text[:1] == closing:
			s.text = s.text[1:]
			end()
			return
		case strings.IndexByte(";|&()\n", c) >= 0:
			s.text = s.text[1:]
			end()
		case c == ' ' || c == '\t':
			s.text = s.text[1:]
		case c == '#':
			_, rest, _ := strings.Cut(s.text, "\n")
			s.text = "\n" + rest
		default:
			words = append(words, s.word(closing))
		}
	}
	end()
}

// word reads one word. The first character is no space and ends no command.
func (s *shell) word(closing string) string {
	var word strings.Builder
	var quote byte
	for s.text != "" {
		c := s.text[0]
		isPlain := quote == 0
		switch {
		case quote != '\'' && strings.HasPrefix(s.text, "$("):
			s.text = s.text[2:]
			inner := &shell{text: s.text}
			inner.list(")")
			s.text, s.nested = inner.text, append(s.nested, inner.commands...)
			word.WriteString("$()")
			continue
		case isPlain && (strings.IndexByte(" \t;|&()\n", c) >= 0 || s.text[:1] == closing):
			return word.String()
		case isPlain && (c == '\'' || c == '"'):
			quote = c
		case c == quote:
			quote = 0
		default:
			word.WriteByte(c)
		}
		s.text = s.text[1:]
	}
	return word.String()
}

// before are words that stand before a command.
var before = map[string]bool{"do": true, "then": true, "else": true, "!": true, "{": true, "time": true, "sudo": true, "npx": true, "$": true, "export": true}

// command returns the words of a command from its program on.
func command(words []string) []string {
	for len(words) > 0 && (before[words[0]] || isAssignment(words[0])) {
		words = words[1:]
	}
	return words
}

func isAssignment(word string) bool {
	name, _, found := strings.Cut(word, "=")
	return found && name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == ""
}
