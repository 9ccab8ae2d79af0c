#!/bin/sh
# Makes the player's own user, lets Chromium's sandbox work, and starts the player now and at every start of the machine.
set -e

if ! getent passwd xunbo >/dev/null; then
  adduser --system --group --home /var/lib/xunbo --no-create-home --shell /usr/sbin/nologin xunbo
fi
for group in video render input audio; do
  if getent group "$group" >/dev/null; then adduser --quiet xunbo "$group"; fi
done

# What was just installed is what runs; a newer release is offered by the controller again.
rm -f /var/lib/xunbo/releases/state

chmod 0755 '/opt/${sanitizedProductName}/chrome-sandbox' '/opt/${sanitizedProductName}/resources/launch.sh' \
  '/opt/${sanitizedProductName}/resources/behind.sh'

profile='/opt/${sanitizedProductName}/resources/apparmor-profile'
if apparmor_status --enabled >/dev/null 2>&1 && apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  cp -f "$profile" '/etc/apparmor.d/${executable}'
  apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
fi

if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl set-default graphical.target
  systemctl enable xunbo-player.service
  systemctl restart xunbo-player.service || true
else
  mkdir -p /etc/systemd/system/graphical.target.wants
  ln -sf /usr/lib/systemd/system/xunbo-player.service /etc/systemd/system/graphical.target.wants/xunbo-player.service
fi
