package assembly_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
)

// mesh writes templates of 100 resources each. Their properties refer to each other and to the exports of the previous
// stack.
func mesh(t testing.TB, resources int) []assembly.Input {
	t.Helper()
	const each = 100
	files := map[string]string{}
	for i := range resources / each {
		var b strings.Builder
		b.WriteString(`{"Parameters":{"Port":{"Type":"Number","Default":443}},"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"}`)
		for r := range each - 1 {
			fmt.Fprintf(&b, `,"Group%d":{"Type":"AWS::EC2::SecurityGroup","Metadata":{"aws:cdk:path":"Stack%d/Group%d/Resource"},
  "Properties":{"VpcId":{"Ref":"Vpc"},"GroupDescription":"Group %d of a service","SecurityGroupIngress":[
    {"IpProtocol":"tcp","FromPort":{"Ref":"Port"},"ToPort":{"Ref":"Port"},"CidrIp":"10.0.0.0/16"},
    {"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"SourceSecurityGroupId":{"Fn::ImportValue":"Group-%d"}}],
  "Tags":[{"Key":"Name","Value":{"Fn::Join":["-",[{"Ref":"AWS::StackName"},{"Fn::Sub":"${Vpc}-${AWS::Region}"}]]}}]}}`,
				r, i, r, r, max(i-1, 0))
		}
		fmt.Fprintf(&b, `},"Outputs":{"Group":{"Value":{"Fn::GetAtt":["Group0","GroupId"]},"Export":{"Name":"Group-%d"}}}}`, i)
		files[fmt.Sprintf("Stack%d.json", i)] = b.String()
	}
	dir := write(t, files)
	var inputs []assembly.Input
	for i := range resources / each {
		inputs = append(inputs, assembly.Input{
			Template: filepath.Join(dir, fmt.Sprintf("Stack%d.json", i)), Account: "111111111111", Region: "eu-west-1",
		})
	}
	return inputs
}

func BenchmarkLoad(b *testing.B) {
	for _, resources := range []int{1_000, 10_000, 20_000} {
		b.Run(fmt.Sprint(resources), func(b *testing.B) {
			inputs := mesh(b, resources)
			b.ReportAllocs()
			for b.Loop() {
				load(b, inputs...)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(resources), "µs/resource")
		})
	}
}

func TestLoadGrowsWithTheTemplates(t *testing.T) {
	growthtest.Linear(t, 1_000, func(resources int) func() {
		inputs := mesh(t, resources)
		return func() { load(t, inputs...) }
	})
}

// Memory is the same on every machine, unlike time.
func TestMemoryGrowsWithTheTemplates(t *testing.T) {
	allocated := func(resources int) uint64 {
		inputs := mesh(t, resources)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		load(t, inputs...)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	if small, large := allocated(1_000), allocated(10_000); large > 13*small {
		t.Errorf("10 times the resources take %d bytes instead of %d: not linear", large, small)
	}
}
