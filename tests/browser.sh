#!/bin/sh
# Finds a browser for the tests, or installs Debian's where that is possible without asking anyone.
set -u

for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -d "/Applications/Google Chrome.app" ] && exit 0

if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then
    echo "No browser found; installing Debian's Chromium."
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-noto-cjk >/dev/null && exit 0
fi

if [ "${TRUEUP_REQUIRE_BROWSER:-}" = 1 ]; then
    echo "TRUEUP_REQUIRE_BROWSER is set and there is no Chromium, Chrome or Edge." >&2
    exit 1
fi
echo "No Chromium, Chrome or Edge found: the tests that need one will be skipped."
