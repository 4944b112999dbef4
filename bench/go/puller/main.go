// Command puller measures go-containerregistry: one Puller, which keeps a registry's connections and tokens.
package main

import (
	"context"
	"net/http"

	"bench/rounds"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

func main() {
	options := rounds.Parse()
	transport := remote.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = options.Parallel
	counter := &rounds.Counter{Transport: transport}
	puller, err := remote.NewPuller(
		remote.WithTransport(counter),
		remote.WithJobs(options.Parallel),
		remote.WithAuth(&authn.Basic{Username: options.User, Password: options.Password}))
	rounds.Check(err)
	rounds.Run(options, counter, func(image string) (string, error) {
		reference, err := name.ParseReference(image)
		if err != nil {
			return "", err
		}
		descriptor, err := puller.Head(context.Background(), reference)
		if err != nil {
			return "", err
		}
		return descriptor.Digest.String(), nil
	})
}
