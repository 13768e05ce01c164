"""The pages people open: server-rendered, without internet, without a build step."""
