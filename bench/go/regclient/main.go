// Command regclient measures regclient: one client, which keeps a registry's connections and tokens.
package main

import (
	"context"
	"net/http"

	"bench/rounds"

	"github.com/regclient/regclient"
	"github.com/regclient/regclient/config"
	"github.com/regclient/regclient/scheme/reg"
	"github.com/regclient/regclient/types/ref"
)

func main() {
	options := rounds.Parse()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = options.Parallel
	counter := &rounds.Counter{Transport: transport}
	client := regclient.New(
		regclient.WithConfigHost(config.Host{
			Name:          options.Registry,
			User:          options.User,
			Pass:          options.Password,
			ReqConcurrent: int64(options.Parallel),
		}),
		regclient.WithRegOpts(reg.WithHTTPClient(&http.Client{Transport: counter})))
	rounds.Run(options, counter, func(image string) (string, error) {
		reference, err := ref.New(image)
		if err != nil {
			return "", err
		}
		manifest, err := client.ManifestHead(context.Background(), reference)
		if err != nil {
			return "", err
		}
		return manifest.GetDescriptor().Digest.String(), nil
	})
}
