"""A local AWS API for deployments: moto under an overlay of what it lacks."""
