package proof

// Question says what to prove. An empty field stands for everything: the zero Question asks about every client of every
// API, with each name that leads to the API and each route for that name.
type Question struct {
	// Client is the caller: its construct path, its logical ID, or its stack and logical ID ("Checkout/Service").
	// It can be an ECS service, a Lambda function, an instance or a security group.
	Client string
	// Domain is the name that it calls.
	Domain string
	// Port is the port that it calls.
	Port int
	// Path is the path that it calls.
	Path string
	// Facts are what no template can say.
	Facts Facts
}
