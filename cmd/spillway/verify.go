package main

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/spillway/engine"
	"example.com/spillway/internal/verify"
	"example.com/spillway/rules"
)

const verifyLong = `Look for payments under which a policy breaks a promise: the engine's, or an
invariant that the policy itself states.

Accounts and payments are drawn from what the policy names: its components,
buckets, facts, limits, programs, payment types, splits. With --account they are
like the account in a file. What is broken, and flaws that no author can want (a
tier that nothing reaches, a split that starves a child, a fee above the payment),
is shown with the smallest case found, and written to a spec file, which
"spillway test" runs.

The same --seed and --cases find the same.

Exit: 0 nothing was found, or only notes; 1 something is broken or flawed; 2 a
policy or document that cannot be read.`

// defaultCases is how many cases are tried when nobody says.
const defaultCases = 5_000

func verifyCommand(std stdio) *cobra.Command {
	var v verification
	cmd := &cobra.Command{
		Use:   "verify POLICY",
		Short: "Look for payments under which a policy breaks a promise",
		Long:  verifyLong,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			v.policyFile = args[0]
			if !cmd.Flags().Changed("seed") {
				v.seed = rand.Int63n(1_000_000)
			}
			if v.limit > 0 && !cmd.Flags().Changed("cases") {
				v.cases = 0
			}
			if v.cases < 0 || v.limit < 0 || v.cases == 0 && v.limit == 0 {
				return fmt.Errorf("--cases and --for must be above 0")
			}
			return v.run(std)
		},
	}
	cmd.Flags().StringVar(&v.accountFile, "account", "", "an account that the drawn ones are to be like")
	cmd.Flags().Int64Var(&v.seed, "seed", 0, "repeat a run")
	cmd.Flags().IntVar(&v.cases, "cases", defaultCases, "how many cases to try")
	cmd.Flags().DurationVar(&v.limit, "for", 0, "try cases for so long, as 30s, in place of a number of them")
	cmd.Flags().StringVar(&v.out, "out", "", "the spec file to write (default: POLICY's name and .spec.yaml)")
	return cmd
}

// A verification is what the command line asks for.
type verification struct {
	policyFile, accountFile, out string
	seed                         int64
	cases                        int // 0: until the time is up
	limit                        time.Duration
}

func (v *verification) run(std stdio) error {
	policy, prefix, err := loadRules(v.policyFile)
	var sample *engine.Account
	if err == nil && v.accountFile != "" {
		sample, err = readSample(v.accountFile, policy)
	}
	if err != nil {
		fmt.Fprintln(std.err, err)
		return exit(exitBad)
	}
	watch := newWatch(std.err, v)
	report := verify.Run(verify.Options{Policy: policy, Sample: sample, Seed: v.seed, Go: watch.goOn})
	watch.done()
	for i := range report.Findings {
		if at := &report.Findings[i].At; at.File != "" {
			at.File = prefix + at.File
		}
	}
	compiled := engine.Compile(policy)
	if err := report.Text(std.out, compiled); err != nil {
		return err
	}
	if err := v.write(std, report, compiled); err != nil {
		return err
	}
	if report.Count(verify.Broken)+report.Count(verify.Flaw) > 0 {
		return exit(exitFailed)
	}
	return nil
}

// write writes what was found to the spec file.
func (v *verification) write(std stdio, report *verify.Report, policy *engine.Policy) error {
	if v.out == "" {
		base := filepath.Base(v.policyFile)
		v.out = strings.TrimSuffix(base, filepath.Ext(base)) + ".spec.yaml"
	}
	text := report.Spec(policy, fromFolder(filepath.Dir(v.out), v.policyFile))
	if text == nil {
		return nil
	}
	if err := os.WriteFile(v.out, text, 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(std.out, "the cases are in %s\n", v.out)
	return err
}

// fromFolder is the way from a folder to a file.
func fromFolder(folder, file string) string {
	from, err1 := filepath.Abs(folder)
	to, err2 := filepath.Abs(file)
	way, err3 := filepath.Rel(from, to)
	if err1 != nil || err2 != nil || err3 != nil {
		return file
	}
	return filepath.ToSlash(way)
}

// loadRules loads the policy in a file that a user named, uncompiled, and gives
// what its places lack of the path.
func loadRules(path string) (policy *rules.Policy, prefix string, err error) {
	at, err := locate(path)
	if err != nil {
		return nil, "", err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, "", err
	}
	policy, err = rules.Load(at.fsys, at.name)
	return policy, at.prefix, at.restore(err)
}

// readSample reads an account, or that of a request.
func readSample(name string, policy *rules.Policy) (*engine.Account, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	n, err := rules.ParseDocument(name, src)
	if err != nil {
		return nil, err
	}
	if of := n.Get("account"); of != nil && of.Kind == rules.Map {
		n = of
	}
	account, err := engine.DecodeAccount(n, "account", policy.Currency)
	if err == nil { // whether it can be
		_, err = engine.Compile(policy).Replay(account, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &account, nil
}
