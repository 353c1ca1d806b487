// Command task is a target of an ALB behind AWS PrivateLink: it answers with who calls, by the header that its mode may trust. The headers are
// only worth something because no security group but the ALB's reaches the task.
package main

import (
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"
)

const listenOn = ":8080"

func main() {
	who, err := identifyBy(os.Getenv)
	if err != nil {
		panic(err)
	}
	server := &http.Server{Addr: listenOn, Handler: handler(who), ReadHeaderTimeout: 5 * time.Second}
	panic(server.ListenAndServe())
}

// identifyBy returns how the task knows its callers, by its environment.
func identifyBy(env func(string) string) (identify, error) {
	switch mode := env("IDENTITY"); mode {
	case "verify":
		return bySubject(strings.Split(env("CALLERS"), ";")), nil
	case "passthrough":
		roots := x509.NewCertPool()
		if !roots.AppendCertsFromPEM([]byte(env("CLIENT_CA"))) {
			return nil, fmt.Errorf("CLIENT_CA has no certificate")
		}
		return byChain(roots, time.Now), nil
	case "token":
		return byToken(env("ISSUER")), nil
	default:
		return nil, fmt.Errorf("IDENTITY is %q", mode)
	}
}

// handler answers health checks, which come without an identity, and callers.
func handler(who identify) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		caller, err := who(r)
		if err != nil {
			slog.Warn("refused", "error", err, "through", through(r.Header))
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		slog.Info("called", "caller", caller, "path", r.URL.Path, "through", through(r.Header))
		_, _ = fmt.Fprintln(w, caller)
	})
	return mux
}

// through returns the last address in X-Forwarded-For, which the ALB appends: over AWS PrivateLink that of a node of the NLB, never that of
// the caller. Whatever is before it, the caller wrote.
func through(header http.Header) string {
	all := strings.Split(strings.Join(header.Values("X-Forwarded-For"), ","), ",")
	return strings.TrimSpace(all[len(all)-1])
}
