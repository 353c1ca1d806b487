package monitoring

import (
	"bytes"
	"encoding/json"
	"strings"
)

// A dashboard is a grid of 24 columns.
const (
	gridColumns = 24
	graphHeight = 6
)

// body is the body of a dashboard.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
type body struct {
	Start          string   `json:"start,omitempty"`
	End            string   `json:"end,omitempty"`
	PeriodOverride string   `json:"periodOverride,omitempty"`
	Widgets        []widget `json:"widgets"`
}

// widget is a widget at its place.
type widget struct {
	Type       string `json:"type"`
	X          int    `json:"x"`
	Y          int    `json:"y"`
	Width      int    `json:"width"`
	Height     int    `json:"height"`
	Properties any    `json:"properties"`
}

type textProperties struct {
	Markdown string `json:"markdown"`
}

type alarmProperties struct {
	Title  string   `json:"title"`
	Alarms []string `json:"alarms"`
}

type graphProperties struct {
	Title   string `json:"title"`
	View    string `json:"view"`
	Stacked bool   `json:"stacked"`
	Region  string `json:"region"`
	Metrics []any  `json:"metrics"`
	YAxis   *yAxis `json:"yAxis,omitempty"`
}

// yAxis begins at zero: a graph of errors that begins at its minimum looks calm whatever it shows.
type yAxis struct {
	Left axis `json:"left"`
}

type axis struct {
	Min int `json:"min"`
}

func text(markdown string, height int) widget {
	return widget{Type: "text", Width: gridColumns, Height: height, Properties: textProperties{markdown}}
}

// layOut places widgets one after the other, and begins a row where the next does not fit. A row is as high as its highest widget.
func layOut(widgets []widget) []widget {
	placed := make([]widget, 0, len(widgets))
	x, y, height := 0, 0, 0
	for _, w := range widgets {
		if x+w.Width > gridColumns {
			x, y, height = 0, y+height, 0
		}
		w.X, w.Y = x, y
		x, height = x+w.Width, max(height, w.Height)
		placed = append(placed, w)
	}
	return placed
}

// text returns the body as JSON in which placeholders of a batch stand as they are. JSON escapes the characters that enclose them; a label has
// none, which the plan has checked, but it may have the escape spelled out, so pairs of backslashes are passed over.
func (b body) text() string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // CloudWatch reads both, people read one
	if err := encoder.Encode(b); err != nil {
		panic(err) // there is nothing but texts and integers
	}
	return strings.NewReplacer(`\\`, `\\`, `\u0001`, "\x01", `\u0002`, "\x02").Replace(strings.TrimSpace(text.String()))
}
