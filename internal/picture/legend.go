package picture

// legend explains tones in rows under a picture, and returns where it ends.
func legend(c *canvas, lines []Line, width, top float64) float64 {
	if len(lines) == 0 {
		return top
	}
	x, y := margin, top+lineFont.lineHeight()/2
	for _, line := range lines {
		text := lineFont.fit(line.Text, width-2*margin-markSize-6)
		need := markSize + 6 + lineFont.width(text)
		if x > margin && x+need > width-margin {
			x, y = margin, y+lineFont.lineHeight()+6
		}
		if line.Tone == Plain {
			c.path("plain line", "M"+number(x)+" "+number(y)+"h"+number(markSize))
		}
		c.mark(line.Tone, x, y)
		c.text("quiet", lineFont, x+markSize+6, y, text)
		x += need + 22
	}
	return y + lineFont.lineHeight()/2 + margin/2
}
