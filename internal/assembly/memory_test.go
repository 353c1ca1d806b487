package assembly

import (
	"io/fs"
	"path/filepath"
)

// LoadMemory is like Load, but reads files from memory: the fuzzer loads thousands of them a second.
func LoadMemory(files map[string][]byte, inputs ...Input) (*Assembly, error) {
	read := func(file string) ([]byte, error) {
		data, ok := files[filepath.Clean(file)]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return data, nil
	}
	return loadFrom(disk{
		real: func(file string) (string, error) { return filepath.Clean(file), nil },
		size: func(file string) (int, error) {
			data, err := read(file)
			return len(data), err
		},
		read: read,
	}, Limits{}, Shared{}, inputs)
}
