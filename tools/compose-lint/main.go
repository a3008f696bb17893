// compose-lint FILE: reads a compose file as Docker Compose does, with its schema and its references, and
// prints it as JSON with all defaults and anchors in place. No variable is set, and no .env is read: what
// the file demands of a user's environment is an error, and the program ends with code 1.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func read(file string) ([]byte, error) {
	options, err := cli.NewProjectOptions([]string{file})
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	return project.MarshalJSON()
}

func main() {
	project, err := read(os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(string(project))
}
