package metricstest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// widgetsWithout are the types of widgets that have no metrics.
const widgetsWithout = " text alarm log custom "

func (r *reader) dashboard(id string, body any) {
	text, ok := Text(body)
	if !ok {
		r.say(id, "has a body that cannot be read: %v", body)
		return
	}
	var dashboard struct {
		Widgets []struct {
			Type       string
			Properties struct {
				Metrics     []any
				Stat        string
				Annotations struct{ Alarms []any }
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &dashboard); err != nil {
		r.say(id, "has a body that is no JSON: %v", err)
		return
	}
	for i, widget := range dashboard.Widgets {
		where := fmt.Sprintf("%s widgets[%d]", id, i)
		switch {
		case widget.Type == "metric":
			if len(widget.Properties.Metrics)+len(widget.Properties.Annotations.Alarms) == 0 {
				r.say(where, "has no metric")
			}
			r.rows(where, widget.Properties.Metrics, widget.Properties.Stat)
		case !strings.Contains(widgetsWithout, " "+widget.Type+" "):
			r.say(where, "is of the type %q, which cannot be read", widget.Type)
		}
	}
}

// rows reads the metrics of a widget. A row is a namespace, a name, pairs of dimensions, and options; "." stands for what the row above has in the
// same place, and "..." for all but the last.
func (r *reader) rows(where string, rows []any, stat string) {
	var above []string
	metrics := 0
	for i, row := range rows {
		at := fmt.Sprintf("%s metrics[%d]", where, i)
		words, options, ok := wordsOf(row)
		if !ok {
			r.say(at, "is %v, which cannot be read", row)
			continue
		}
		if expression, isMath := options["expression"].(string); isMath && len(words) == 0 {
			if r.search(at, expression) {
				metrics++
			} else {
				r.expression(at, expression)
			}
			continue
		}
		words, ok = expand(words, above)
		if !ok || len(words) < 2 || len(words)%2 != 0 {
			r.say(at, "is %v, which is no namespace, name and pairs of dimensions", row)
			continue
		}
		above = words
		metrics++
		use := Use{Where: at, Namespace: words[0], Name: words[1], Dimensions: []string{}, Statistic: stat}
		if own, has := options["stat"].(string); has {
			use.Statistic = own
		}
		for j := 2; j < len(words); j += 2 {
			if words[j+1] == "" {
				r.say(at, "has no value of %s", words[j])
			}
			use.Dimensions = append(use.Dimensions, words[j])
		}
		r.use(use)
	}
	if len(rows) > 0 && metrics == 0 {
		r.say(where, "has no metric but expressions")
	}
}

// wordsOf returns the texts of a row, and its options.
func wordsOf(row any) (words []string, options map[string]any, ok bool) {
	list, ok := row.([]any)
	for i, element := range list {
		switch element := element.(type) {
		case string:
			words = append(words, element)
		case map[string]any:
			options, ok = element, ok && i == len(list)-1
		default:
			return nil, nil, false
		}
	}
	return words, options, ok && len(list) > 0
}

// expand replaces what stands for words of the row above.
func expand(words, above []string) ([]string, bool) {
	var expanded []string
	for i, word := range words {
		switch word {
		case "...":
			missing := len(above) - len(words) + 1
			if missing < 0 || i != 0 {
				return nil, false
			}
			expanded = append(expanded, above[:missing]...)
		case ".":
			if len(expanded) >= len(above) {
				return nil, false
			}
			expanded = append(expanded, above[len(expanded)])
		default:
			expanded = append(expanded, word)
		}
	}
	return expanded, true
}

// Unknown stands for what only a deployment knows, in [Text].
const Unknown = "unknown"

var variable = regexp.MustCompile(`\$\{(!?)([^}]*)\}`)

// Text returns a text of a template with Unknown for its intrinsic functions: a literal, an Fn::Join or an Fn::Sub.
func Text(value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return value, true
	case map[string]any:
		if join, ok := value["Fn::Join"].([]any); ok && len(join) == 2 {
			return joined(join)
		}
		if sub, ok := value["Fn::Sub"].([]any); ok && len(sub) == 2 {
			return substituted(sub[0])
		}
		if sub, ok := value["Fn::Sub"]; ok {
			return substituted(sub)
		}
	}
	return "", false
}

func joined(join []any) (string, bool) {
	separator, ok := join[0].(string)
	parts, isList := join[1].([]any)
	if !ok || !isList {
		return "", false
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = Unknown
		if text, isText := part.(string); isText {
			texts[i] = text
		}
	}
	return strings.Join(texts, separator), true
}

// substituted replaces ${X} by Unknown, and ${!X} by ${X}.
func substituted(template any) (string, bool) {
	text, ok := template.(string)
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		if parts := variable.FindStringSubmatch(found); parts[1] == "!" {
			return "${" + parts[2] + "}"
		}
		return Unknown
	}), ok
}
