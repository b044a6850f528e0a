# docker build -t pli . && docker run -v /srv/pli:/var/lib/pli -p 127.0.0.1:8080:8080 pli
# One night run of a workspace: docker run -v /srv/pli:/var/lib/pli pli pli run --workspace /var/lib/pli/boutique
FROM debian:12 AS built
COPY . /src
RUN /src/dev install /opt/pli

FROM debian:12
COPY --from=built /opt/pli /usr/local
RUN apt-get -q update \
    && xargs -a /usr/local/share/pli/runtime.txt env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/pli --create-home pli
USER pli
VOLUME /var/lib/pli
EXPOSE 8080
# SIGTERM lets requests under way end: --notice and --patience of pli serve.
STOPSIGNAL SIGTERM
CMD ["pli", "serve", "--workspaces", "/var/lib/pli", "--listen", "0.0.0.0:8080"]
