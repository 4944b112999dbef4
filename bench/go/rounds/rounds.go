// Package rounds runs a client of registries as DigestBenchmark runs ours: the same arguments, images, order and lines of output.
package rounds

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Options are the arguments of a peer.
type Options struct {
	Registry, User, Password string
	Count, Parallel, Rounds  int
}

// Counter counts the requests that a client sends, and those for tokens among them.
type Counter struct {
	Transport        http.RoundTripper
	requests, tokens atomic.Int64
}

// RoundTrip sends a request.
func (c *Counter) RoundTrip(request *http.Request) (*http.Response, error) {
	c.requests.Add(1)
	if request.URL.Query().Has("scope") || request.Method == http.MethodPost {
		c.tokens.Add(1)
	}
	return c.Transport.RoundTrip(request)
}

// Parse reads the arguments, and the key that is the password.
func Parse() Options {
	var options Options
	key := flag.String("key", "", "file of a service account's key")
	flag.StringVar(&options.Registry, "registry", "", "host and port")
	flag.IntVar(&options.Count, "count", 200, "images")
	flag.IntVar(&options.Parallel, "parallel", 8, "images at once")
	flag.IntVar(&options.Rounds, "rounds", 3, "rounds, of which the first is cold")
	flag.Parse()
	json, err := os.ReadFile(*key)
	Check(err)
	options.User, options.Password = "_json_key", string(json)
	return options
}

// Check ends the program if something failed.
func Check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Run asks for the digest of each image in each round, and prints what a round took.
func Run(options Options, counter *Counter, digest func(image string) (string, error)) {
	for round := range options.Rounds {
		counter.requests.Store(0)
		counter.tokens.Store(0)
		before := processor()
		begun := time.Now()
		next := make(chan int)
		var workers sync.WaitGroup
		for range options.Parallel {
			workers.Go(func() {
				for i := range next {
					found, err := digest(fmt.Sprintf("%s/bench/app%d:stable", options.Registry, i))
					Check(err)
					if found == "" {
						Check(fmt.Errorf("image %d has no digest", i))
					}
				}
			})
		}
		for i := range options.Count {
			next <- i
		}
		close(next)
		workers.Wait()
		fmt.Printf("round=%d images=%d cpu=%.3f seconds=%.3f requests=%d tokens=%d\n", round, options.Count,
			processor()-before, time.Since(begun).Seconds(), counter.requests.Load(), counter.tokens.Load())
	}
}

// Seconds of the processor that this process has used.
func processor() float64 {
	var usage syscall.Rusage
	Check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}
