// dashboard-lint FILE: reads a Grafana dashboard as strictly as its schema is, which Grafana itself doesn't:
// a misspelt key and a value of the wrong type are named, and the program ends with code 1.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func check(file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	plugins.RegisterDefaultPlugins()
	err = new(dashboard.Dashboard).UnmarshalJSONStrict(raw)
	// Where nothing is wrong, the answer is a list of no errors.
	if faults := (cog.BuildErrors{}); errors.As(err, &faults) && len(faults) == 0 {
		return nil
	}
	return err
}

func main() {
	if err := check(os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
