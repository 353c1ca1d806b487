package assembly_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
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
	if testing.Short() {
		t.Skip("it takes a second")
	}
	cost := func(resources int) (time.Duration, uint64) {
		inputs := mesh(t, resources)
		best := time.Hour
		var before, after runtime.MemStats
		for range 3 {
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			a := load(t, inputs...)
			best = min(best, time.Since(start))
			runtime.ReadMemStats(&after)
			runtime.KeepAlive(a)
		}
		return best, after.TotalAlloc - before.TotalAlloc
	}
	small, smallBytes := cost(1_000)
	large, largeBytes := cost(10_000)
	t.Logf("10 times the resources: %.1f times the time (%v), %.1f times the memory (%d MB)",
		float64(large)/float64(small), large, float64(largeBytes)/float64(smallBytes), largeBytes>>20)
	if large > 40*small {
		t.Errorf("10 times the resources take %v instead of %v: not linear", large, small)
	}
	if largeBytes > 13*smallBytes {
		t.Errorf("10 times the resources take %d bytes instead of %d: not linear", largeBytes, smallBytes)
	}
}
