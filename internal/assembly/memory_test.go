package assembly

import "io/fs"

// LoadMemory is Load of files that are not on disk: what the fuzzer makes is read a thousand times a second.
func LoadMemory(files map[string][]byte, inputs ...Input) (*Assembly, error) {
	return loadWith(func(file string) ([]byte, error) {
		data, ok := files[file]
		if !ok {
			return nil, fileError(file, fs.ErrNotExist)
		}
		return data, nil
	}, inputs)
}
