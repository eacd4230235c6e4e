package main

import (
	"strings"

	"github.com/spf13/cobra"

	"example.com/spillway/internal/schema"
)

func schemaCommand(std stdio) *cobra.Command {
	return &cobra.Command{
		Use:       "schema " + strings.Join(schema.Kinds(), "|"),
		Short:     "Print the JSON Schema of a kind of document",
		Args:      cobra.ExactArgs(1),
		ValidArgs: schema.Kinds(),
		RunE: func(_ *cobra.Command, args []string) error {
			document, err := schema.For(args[0])
			if err != nil {
				return err
			}
			return writeLine(std.out, document, false)
		},
	}
}
