package limit

import (
	"errors"
	"fmt"
	"os"
)

// ReadFile reads a regular file of at most so many bytes. It looks at the file before: to read a pipe would wait for its end.
func ReadFile(file string, most int64) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, errors.Unwrap(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("not a regular file")
	case info.Size() > most:
		return nil, fmt.Errorf("larger than %d MiB", most>>20)
	}
	return os.ReadFile(file)
}
