package assembly

import "io/fs"

// LoadMemory is like Load, but reads files from memory: the fuzzer loads thousands of them a second.
func LoadMemory(files map[string][]byte, inputs ...Input) (*Assembly, error) {
	return loadWith(func(file string) ([]byte, error) {
		data, ok := files[file]
		if !ok {
			return nil, fileError(file, fs.ErrNotExist)
		}
		return data, nil
	}, inputs)
}
