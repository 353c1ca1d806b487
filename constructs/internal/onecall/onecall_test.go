package onecall_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

const typeGroup = "AWS::EC2::SecurityGroup"

type props = map[string]any

// pair is a construct of two security groups: a closed one, and one that refers to it.
type pair struct {
	constructs.Construct
	batch         *onecall.Batch
	closed, other *onecall.Item[awsec2.CfnSecurityGroup]
}

// Batch makes pair more than what it embeds, which one-by-one construction needs.
func (p *pair) Batch() *onecall.Batch { return p.batch }

func newPair(scope constructs.Construct) *pair {
	p := &pair{}
	p.batch = onecall.Begin(p, &p.Construct, scope, jsii.String("Pair"))
	p.closed = group(p.batch, "Closed", "closed")
	p.other = group(p.batch, "Other", "beside "+*onecall.Get(p.closed, awsec2.CfnSecurityGroup.AttrGroupId).Placeholder())
	return p
}

func group(scope onecall.Scope, id, description string) *onecall.Item[awsec2.CfnSecurityGroup] {
	return onecall.Add(scope, awsec2.NewCfnSecurityGroup, id, &awsec2.CfnSecurityGroupProps{GroupDescription: &description})
}

func TestBatch(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	p := newPair(stack)
	id := onecall.Get(p.closed, awsec2.CfnSecurityGroup.AttrGroupId)
	p.batch.Flush(id)

	below := group(p.closed, "Below", "below")
	onecall.Call2(p.closed, awsec2.CfnSecurityGroup.AddPropertyOverride, jsii.String("VpcId"), any("vpc-1"))
	onecall.Call(p.other, awsec2.CfnSecurityGroup.SetGroupName, jsii.String("other"))
	onecall.WaitFor(p.batch, below, p.other)
	existing := awsec2.NewCfnSecurityGroup(stack, jsii.String("Existing"), &awsec2.CfnSecurityGroupProps{GroupDescription: jsii.String("existing")})
	onecall.Call2(onecall.Use(p.batch, existing), awsec2.CfnSecurityGroup.AddPropertyOverride, jsii.String("VpcId"), any(map[string]any{"Ref": "Vpc"}))
	onecall.WaitFor(p.batch, below, onecall.Known(existing))
	p.batch.Flush()

	awscdk.NewCfnOutput(stack, jsii.String("Id"), &awscdk.CfnOutputProps{Value: id.Object()})
	template := cdktest.SynthTemplate(t, stack)
	closed := template.Has(t, typeGroup, props{"GroupDescription": "closed", "VpcId": "vpc-1"})
	other := template.Has(t, typeGroup, props{"GroupName": "other", "GroupDescription": props{"Fn::Join": []any{"", []any{"beside ", cdktest.GetAtt(closed, "GroupId")}}}})
	outside := template.Has(t, typeGroup, props{"GroupDescription": "existing", "VpcId": props{"Ref": "Vpc"}})
	waits := template.Resources[template.Has(t, typeGroup, props{"GroupDescription": "below"})].DependsOn
	slices.Sort(waits)
	if want := []string{outside, other}; !slices.Equal(waits, want) {
		t.Errorf("the group below waits for %v, want %v", waits, want)
	}
	if got := template.Outputs["Id"]; !cdktest.Contains(got, props{"Value": cdktest.GetAtt(closed, "GroupId")}) {
		t.Errorf("the ID is %v, want that of %s", got, closed)
	}
	if got := *below.Object().Node().Path(); got != "Stack/Pair/Closed/Below" {
		t.Errorf("the group below is %s", got)
	}
}

// What Go has is what CDK has, whoever asks for it.
func TestObjects(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	p := newPair(stack)
	object := p.closed.Object() // makes the construct
	if p.closed.Object() != object {
		t.Error("a second call returns another object")
	}
	children := *p.Node().Children()
	if len(children) != 2 || children[0] != constructs.IConstruct(object) {
		t.Errorf("children = %v, want two, and the object first", children)
	}
	if found := stack.Node().FindChild(jsii.String("Pair")); found != constructs.IConstruct(p) {
		t.Errorf("the stack has %T, want the construct itself", found)
	}
	if parent := object.Node().Scope(); parent != constructs.IConstruct(p) {
		t.Errorf("the parent is %T, want the construct itself", parent)
	}
}

// What joins a list until synthesis is in the template, and what belongs to another part is not.
func TestLazyList(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	batch := onecall.In(stack)
	imported := func(id string) awsec2.ISecurityGroup {
		return awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String(id), jsii.String("sg-"+id), nil)
	}
	connections := awsec2.NewConnections(&awsec2.ConnectionsProps{SecurityGroups: &[]awsec2.ISecurityGroup{imported("other"), imported("first")}})
	ids := onecall.LazyList(onecall.Use(batch, connections), awsec2.Connections.SecurityGroups, awsec2.ISecurityGroup.SecurityGroupId, onecall.Part{From: 1, To: 2, Known: 2})
	onecall.Add(batch, awsec2.NewCfnVPCEndpoint, "Endpoint", &awsec2.CfnVPCEndpointProps{VpcId: "vpc-1", SecurityGroupIds: &[]any{(*ids.Placeholder())[0]}})
	batch.Flush()
	connections.AddSecurityGroup(imported("second"))
	_, endpoint := cdktest.SynthTemplate(t, stack).Only(t, "AWS::EC2::VPCEndpoint")
	if got := endpoint.Properties["SecurityGroupIds"]; !cdktest.Contains(got, []any{"sg-first", "sg-second"}) {
		t.Errorf("the groups are %v, want both", got)
	}
}

// Connections may have a second peer, to which clients are let out too: those that are named later, and those that name the connections.
func TestAddPeer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{VpcId: jsii.String("vpc-1"), AvailabilityZones: jsii.Strings("eu-west-1a")})
	batch := onecall.In(stack)
	connections := awsec2.NewConnections(&awsec2.ConnectionsProps{Peer: awsec2.Peer_Ipv4(jsii.String("10.1.0.0/16"))})
	onecall.AddPeer(onecall.Use(batch, connections), onecall.Static(batch, awsec2.Peer_Ipv4, jsii.String("10.2.0.0/16")))
	batch.Flush()
	for id, allow := range map[string]func(awsec2.SecurityGroup, awsec2.Port){
		"Named": func(client awsec2.SecurityGroup, port awsec2.Port) { connections.AllowFrom(client, port, nil) },
		"Naming": func(client awsec2.SecurityGroup, port awsec2.Port) {
			client.Connections().AllowTo(connections, port, nil)
		},
	} {
		allow(awsec2.NewSecurityGroup(stack, &id, &awsec2.SecurityGroupProps{Vpc: vpc, Description: &id, AllowAllOutbound: jsii.Bool(false)}), awsec2.Port_Tcp(jsii.Number(443)))
	}
	template := cdktest.SynthTemplate(t, stack)
	for _, id := range []string{"Named", "Naming"} {
		template.Has(t, typeGroup, props{"GroupDescription": id, "SecurityGroupEgress": []any{props{"CidrIp": "10.1.0.0/16"}, props{"CidrIp": "10.2.0.0/16"}}})
	}
}

// A security group may let clients in that are let out to peers alone.
func TestAddOpened(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{VpcId: jsii.String("vpc-1"), AvailabilityZones: jsii.Strings("eu-west-1a")})
	batch := onecall.In(stack)
	connections := awsec2.NewConnections(&awsec2.ConnectionsProps{Peer: awsec2.Peer_Ipv4(jsii.String("10.1.0.0/16"))})
	onecall.AddOpened(onecall.Use(batch, connections), onecall.Known(awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Opened"), jsii.String("sg-0123456789abcdef0"), nil)))
	batch.Flush()
	for id, allow := range map[string]func(awsec2.SecurityGroup, awsec2.Port){
		"Named": func(client awsec2.SecurityGroup, port awsec2.Port) { connections.AllowFrom(client, port, nil) },
		"Naming": func(client awsec2.SecurityGroup, port awsec2.Port) {
			client.Connections().AllowTo(connections, port, nil)
		},
	} {
		allow(awsec2.NewSecurityGroup(stack, &id, &awsec2.SecurityGroupProps{Vpc: vpc, Description: &id, AllowAllOutbound: jsii.Bool(false)}), awsec2.Port_Tcp(jsii.Number(443)))
	}
	template := cdktest.SynthTemplate(t, stack)
	for _, id := range []string{"Named", "Naming"} {
		client := template.Has(t, typeGroup, props{"GroupDescription": id, "SecurityGroupEgress": []any{props{"CidrIp": "10.1.0.0/16"}}})
		template.Has(t, "AWS::EC2::SecurityGroupIngress", props{"GroupId": "sg-0123456789abcdef0", "SourceSecurityGroupId": cdktest.GetAtt(client, "GroupId")})
	}
	if got := template.OfType("AWS::EC2::SecurityGroupEgress"); got != nil {
		t.Errorf("clients are let out to the group: %v", got)
	}
}

func TestRefuseMore(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	imported := func(id string) awsec2.ISecurityGroup {
		return awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String(id), jsii.String("sg-"+id), nil)
	}
	connections := awsec2.NewConnections(&awsec2.ConnectionsProps{SecurityGroups: &[]awsec2.ISecurityGroup{imported("first")}})
	batch := onecall.In(stack)
	onecall.RefuseMore(onecall.Use(batch, connections), awsec2.Connections.SecurityGroups, 1, onecall.Path+" is one too many")
	batch.Flush()
	cdktest.Synth(t, stack) // as long as none joins
	connections.AddSecurityGroup(imported("second"))
	cdktest.WantPanic(t, "[Stack] Stack/second is one too many", func() { awscdk.App_Of(stack).Synth(&awscdk.StageSynthesisOptions{Force: jsii.Bool(true)}) })
}

// A resource waits for what a call added, and not for what was there before.
func TestWaiting(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(1), NatGateways: jsii.Number(0)})
	groupOf := func(id string) awsec2.SecurityGroup {
		return awsec2.NewSecurityGroup(stack, jsii.String(id), &awsec2.SecurityGroupProps{Vpc: vpc})
	}
	server, before, client := groupOf("Server"), groupOf("Before"), groupOf("Client")
	port := awsec2.Port_Tcp(jsii.Number(443))
	server.Connections().AllowFrom(before, port, nil)
	scope := constructs.NewConstruct(stack, jsii.String("Caller"))
	awscdk.NewCfnResource(scope, jsii.String("Client"), &awscdk.CfnResourceProps{Type: jsii.String("Test::A::Client")})
	awscdk.NewCfnResource(scope, jsii.String("Part"), &awscdk.CfnResourceProps{Type: jsii.String("Test::A::Part")})

	batch := onecall.In(stack)
	connections := onecall.Use(batch, server.Connections())
	groups := onecall.Get(connections, awsec2.Connections.SecurityGroups)
	rules := onecall.AddedBy(connections, awsec2.Connections.AllowFrom, awsec2.IConnectable(client), port, jsii.String("client"), groups)
	made := group(batch, "Made", "made")
	onecall.Waiting(batch, scope, "Test::A::Client", made, onecall.Known(before), rules)
	onecall.Waiting(batch, awsec2.Peer_AnyIpv4(), "Test::A::Part", made) // is no construct
	batch.Flush()

	template := cdktest.SynthTemplate(t, stack)
	_, resource := template.Only(t, "Test::A::Client")
	var waits []string
	for _, id := range resource.DependsOn {
		waits = append(waits, strings.TrimRight(id, "0123456789ABCDEF"))
	}
	slices.Sort(waits)
	if want := []string{"Before", "Made", "ServerfromStackClient"}; !slices.Equal(waits, want) {
		t.Errorf("the client waits for %v, want %v", waits, want)
	}
	if _, part := template.Only(t, "Test::A::Part"); len(part.DependsOn) != 0 {
		t.Errorf("the part waits for %v", part.DependsOn)
	}
}

func TestDrop(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	batch := onecall.In(stack)
	group(batch, "Dropped", "dropped")
	batch.Drop()
	group(batch, "Kept", "kept")
	batch.Flush()
	cdktest.SynthTemplate(t, stack).Only(t, typeGroup)
}

func TestFailures(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		fail func(stack awscdk.Stack)
		want string
	}{
		"a required property is missing": {
			func(stack awscdk.Stack) {
				p := newPair(stack)
				onecall.Add(p.batch, awsec2.NewCfnSecurityGroup, "Bad", &awsec2.CfnSecurityGroupProps{})
				p.batch.Flush()
			},
			"Stack/Pair/Bad: CfnSecurityGroupProps.GroupDescription is required",
		},
		"a required property is missing in a list": {
			func(stack awscdk.Stack) {
				onecall.Add(onecall.In(stack), awsec2.NewCfnSecurityGroup, "Bad", &awsec2.CfnSecurityGroupProps{
					GroupDescription: jsii.String("bad"), SecurityGroupIngress: []*awsec2.CfnSecurityGroup_IngressProperty{{}},
				})
			},
			"Stack/Bad: CfnSecurityGroup_IngressProperty.IpProtocol is required",
		},
		"CDK refuses a property": {
			func(stack awscdk.Stack) {
				p := newPair(stack)
				onecall.Add(p.batch, awsec2.NewCfnSecurityGroupEgress, "Bad", &awsec2.CfnSecurityGroupEgressProps{
					GroupId: 7, IpProtocol: jsii.String("tcp"),
				})
				p.batch.Flush()
			},
			"Stack/Pair/Bad: Property groupId should be one of",
		},
		"CDK refuses the second of two in a construct that exists": {
			func(stack awscdk.Stack) {
				batch := onecall.In(stack)
				group(batch, "Pair", "first")
				group(batch, "Pair", "second")
				batch.Flush()
			},
			"There is already a Construct with name 'Pair'",
		},
		"a key that means something else": {
			func(stack awscdk.Stack) {
				onecall.Add(onecall.In(stack), awscdk.NewCfnResource, "Bad", &awscdk.CfnResourceProps{Type: jsii.String("A::B::C"), Properties: &props{"$object": 0}})
			},
			`Stack/Bad: "$object" is not a key that can be passed`,
		},
		"an unfit function": {
			func(stack awscdk.Stack) { onecall.Static(onecall.In(stack), strings.Clone, "x") },
			"strings.Clone is no method of CDK",
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.WantPanic(t, tc.want, func() { tc.fail(stack) })
			newPair(stack).batch.Flush() // the ID is free again
			if got := len(cdktest.SynthTemplate(t, stack).OfType(typeGroup)); got != 2 {
				t.Errorf("%d groups, want those of the pair alone", got)
			}
		})
	}
}

// Two apps that are built in turns, and one after another kernel has started, give the same template.
func TestAppsAndKernels(t *testing.T) {
	defer cdktest.Recover(t)
	one, two := cdktest.Stack(t), cdktest.Stack(t)
	first, second := newPair(one), newPair(two)
	second.batch.Flush()
	first.batch.Flush()
	want := cdktest.SynthTemplate(t, one).Resources
	check := func(which string, got map[string]cdktest.Resource) {
		if !cdktest.Contains(resources(got), resources(want)) {
			t.Errorf("%s has %v, want %v", which, got, want)
		}
	}
	check("the other app", cdktest.SynthTemplate(t, two).Resources)
	jsii.Close()
	stack := cdktest.Stack(t)
	newPair(stack).batch.Flush()
	check("an app on another kernel", cdktest.SynthTemplate(t, stack).Resources)
}

func resources(all map[string]cdktest.Resource) props {
	bare := props{}
	for id, resource := range all {
		bare[id] = resource.Properties
	}
	return bare
}

// Properties of constructs in a tree come as rows, in which one that is not set is empty.
func TestBelow(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	below := func() [][]string {
		return onecall.Below(stack, awsec2.CfnVPCCidrBlock.CidrBlock, awsec2.CfnVPCCidrBlock.Ipv6Pool)
	}
	if got := below(); len(got) != 0 {
		t.Errorf("%q of no construct", got)
	}
	group := constructs.NewConstruct(stack, jsii.String("Group"))
	awsec2.NewCfnVPCCidrBlock(group, jsii.String("Block"), &awsec2.CfnVPCCidrBlockProps{VpcId: jsii.String("vpc-1"), CidrBlock: jsii.String("10.0.0.0/16")})
	awsec2.NewCfnVPCCidrBlock(stack, jsii.String("Pool"), &awsec2.CfnVPCCidrBlockProps{VpcId: jsii.String("vpc-1"), Ipv6Pool: jsii.String("pool")})
	if got, want := below(), [][]string{{"10.0.0.0/16", ""}, {"", "pool"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
