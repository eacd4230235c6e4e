//go:build race

package engine_test

// raceDetector says that tests run under the race detector, which makes pools
// forget on purpose.
const raceDetector = true
