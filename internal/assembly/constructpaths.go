package assembly

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/constructpath"
)

// addConstructPaths gives the resources of a stack, and of those nested in it, which follow it, the construct paths that
// the cloud assembly has for their logical IDs. The templates have them too if the CDK CLI synthesised them, so that they
// are read only if there are none.
func (l *loader) addConstructPaths(stacks []*Stack, artifact *value, dir, root string) error {
	byID := map[string][]*Resource{}
	for _, s := range stacks {
		for _, r := range s.resources {
			if r.ConstructPath != "" {
				return nil
			}
			byID[r.ID] = append(byID[r.ID], r)
		}
	}
	metadata := artifact.field("metadata")
	if file := artifact.field("additionalMetadataFile"); file.isText() && filepath.IsLocal(file.text) {
		p, err := l.files.parse(filepath.Join(dir, file.text), root)
		switch {
		case err == nil:
			metadata = p.root
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	paths := pathsByID(metadata)
	for id, list := range paths {
		// In nested stacks, several resources can have one logical ID.
		if found := byID[id]; len(found) == 1 && len(list) == 1 {
			found[0].ConstructPath = constructpath.Trim(list[0])
		}
	}
	return nil
}

// pathsByID are the construct paths by the logical IDs that the metadata of a cloud assembly gives them.
func pathsByID(metadata *value) map[string][]string {
	paths := map[string][]string{}
	metadata.each(func(path string, entries *value) {
		if !entries.is(List) {
			return
		}
		for _, entry := range entries.items {
			id := entry.field("data")
			if kind := entry.field("type"); kind.isText() && kind.text == "aws:cdk:logicalId" && id.isText() {
				paths[id.text] = append(paths[id.text], strings.TrimPrefix(path, "/"))
			}
		}
	})
	return paths
}
