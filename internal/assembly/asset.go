package assembly

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// assets says where the templates of nested stacks are that a cloud assembly uploads to S3. With the CDK CLI, the metadata
// of a resource has the file of its asset; without it, as in a unit test, only the manifests have it.
type assets struct {
	manifests  []string          // asset manifests; those that do not exist are ignored
	metadata   []string          // files with the metadata of stacks
	files      map[string]string // files, by the key of their S3 object; nil before all of these are read
	parameters map[string]string // files, by the parameter that has their bucket: the legacy synthesizer makes one
}

// assetsBeside returns the assets of a template that is loaded without the manifest of its cloud assembly.
func assetsBeside(template string) assets {
	stack, ok := strings.CutSuffix(template, ".template.json")
	if !ok {
		return assets{}
	}
	return assets{manifests: []string{stack + ".assets.json"}}
}

// note notes what an artifact of a cloud assembly says about assets.
func (a *assets) note(dir string, artifact *value) {
	for _, file := range []struct {
		path *value
		to   *[]string
	}{
		{artifact.field("additionalMetadataFile"), &a.metadata},
		{artifact.field("properties").field("file"), &a.manifests},
	} {
		kind := artifact.field("type")
		if file.to == &a.manifests && (!kind.isText() || kind.text != "cdk:asset-manifest") {
			continue
		}
		if file.path.isText() && filepath.IsLocal(file.path.text) {
			*file.to = append(*file.to, filepath.Join(dir, file.path.text))
		}
	}
	a.noteParameters(dir, artifact.field("metadata"))
}

// noteParameters notes the assets in the metadata of a stack.
func (a *assets) noteParameters(dir string, metadata *value) {
	metadata.each(func(_ string, entries *value) {
		if !entries.is(List) {
			return
		}
		for _, entry := range entries.items {
			parameter, path := entry.field("data").field("s3BucketParameter"), entry.field("data").field("path")
			if !parameter.isText() || !path.isText() || !filepath.IsLocal(path.text) {
				continue
			}
			if a.parameters == nil {
				a.parameters = map[string]string{}
			}
			a.parameters[parameter.text] = filepath.Join(dir, path.text)
		}
	})
}

// minHash is the length of the shortest hash that identifies an asset.
const minHash = 32

// noteFiles notes the assets in an asset manifest whose key is a hash of their content: such a key can only be theirs.
func (a *assets) noteFiles(dir string, manifest *value) {
	manifest.field("files").each(func(hash string, asset *value) {
		path := asset.field("source").field("path")
		if len(hash) < minHash || !path.isText() || !filepath.IsLocal(path.text) {
			return
		}
		asset.field("destinations").each(func(_ string, destination *value) {
			if key := destination.field("objectKey"); key.isText() && strings.Contains(key.text, hash) {
				a.files[key.text] = filepath.Join(dir, path.text)
			}
		})
	})
}

// assetFile returns the file that is uploaded to the URL of a template; empty if there is none.
func (l *loader) assetFile(from *source, url *value) (string, error) {
	if err := l.readAssets(from); err != nil {
		return "", err
	}
	if key := lastText(url); key != "" {
		for _, part := range suffixes(key) {
			if file := from.assets.files[part]; file != "" {
				return file, nil
			}
		}
	}
	return from.assets.parameter(url), nil
}

// readAssets reads the files about assets when they are first needed.
func (l *loader) readAssets(from *source) error {
	a := &from.assets
	if a.files != nil {
		return nil
	}
	a.files = map[string]string{}
	for _, group := range []struct {
		files []string
		note  func(dir string, root *value)
	}{{a.manifests, a.noteFiles}, {a.metadata, a.noteParameters}} {
		for _, file := range group.files {
			p, err := l.files.parse(file, from.root)
			switch {
			case errors.Is(err, fs.ErrNotExist):
			case err != nil:
				return err
			default:
				group.note(filepath.Dir(file), p.root)
			}
		}
	}
	return nil
}

// parameter returns the file of the asset whose parameters a URL refers to.
func (a assets) parameter(url *value) string {
	if ref := url.field("Ref"); ref.isText() {
		return a.parameters[ref.text]
	}
	if url.is(Map) || url.is(List) {
		for _, item := range url.items {
			if file := a.parameter(item); file != "" {
				return file
			}
		}
	}
	return ""
}

// lastText returns the text at the end of a URL that is text, Fn::Sub or Fn::Join.
func lastText(url *value) string {
	if sub := url.field("Fn::Sub"); sub != nil {
		url = sub
		if sub.is(List) {
			url = sub.item(0)
		}
	}
	if join := url.field("Fn::Join"); join.is(List) {
		parts := join.item(1)
		if separator := join.item(0); !separator.isText() || separator.text != "" || !parts.is(List) {
			return ""
		}
		url = parts.item(len(parts.items) - 1)
	}
	if !url.isText() {
		return ""
	}
	return url.text
}

const maxObjectKey = 1024 // bytes, as S3 has it

// suffixes returns the parts of a URL after each of its slashes, the longest first.
func suffixes(url string) []string {
	url = url[max(0, len(url)-maxObjectKey-1):]
	var all []string
	for {
		_, after, ok := strings.Cut(url, "/")
		if !ok {
			return all
		}
		all = append(all, after)
		url = after
	}
}

// whereIs describes a URL that does not lead to a file of the input.
func whereIs(url *value) string {
	switch {
	case url == nil:
		return "it names no template"
	case url.is(Map) && url.field("ApplicationId") != nil:
		return "its template is in the AWS Serverless Application Repository"
	case url.isText():
		return fmt.Sprintf("its template is at %s", short(url.text))
	}
	if text := lastText(url); text != "" {
		return fmt.Sprintf("no asset of the cloud assembly is its template, which is at …%s", short(text))
	}
	return "the URL of its template is not known before deployment"
}
