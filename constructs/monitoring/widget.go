package monitoring

import "encoding/json"

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

// text returns a widget of Markdown that is as wide as the grid.
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

// text returns the body as JSON. A token of CDK has no character that JSON escapes, so CDK finds it in the text.
func (b body) text() string {
	text, err := json.Marshal(b)
	if err != nil {
		panic(err) // there is nothing but texts and integers
	}
	return string(text)
}
