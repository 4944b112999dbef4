module bench

go 1.25.0

require (
	github.com/google/go-containerregistry v0.22.1
	github.com/regclient/regclient v0.11.5
)
